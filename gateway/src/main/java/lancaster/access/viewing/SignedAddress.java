package lancaster.access.viewing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lancaster.stream.StreamPath;

/**
 * Signs the addresses of a stream, all formats alike: HMAC-SHA256 (RFC 2104) over the path of the stream, a line feed and
 * the second since 1970 until which one may watch, in Base64url without padding.
 */
public final class SignedAddress {
    private static final String ALGORITHM = "HmacSHA256";

    private SignedAddress() {}

    /** The query that opens {@code stream} until then. */
    public static String query(String secret, StreamPath stream, long until) {
        return new Ticket.Signed(until, signature(secret, stream, until)).query();
    }

    static boolean isGood(String secret, StreamPath stream, Ticket.Signed signed) {
        return MessageDigest.isEqual(
                signature(secret, stream, signed.until()).getBytes(StandardCharsets.US_ASCII),
                signed.signature().getBytes(StandardCharsets.US_ASCII));
    }

    private static String signature(String secret, StreamPath stream, long until) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(secret, stream + "\n" + until));
    }

    static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
