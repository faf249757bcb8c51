package lancaster.rtmfp.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lancaster.bytes.Bytes;

/** SHA-256 and HMAC-SHA256, which every Java has. */
final class Hashes {
    static final int HMAC_BYTES = 32;

    private static final String HMAC = "HmacSHA256";

    private Hashes() {}

    static Bytes sha256(Bytes message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(message.buffer());
            return Bytes.wrap(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** Computes under {@code key}, again and again. */
    static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HMAC-SHA256", e);
        }
    }

    static byte[] hmac(byte[] key, byte[] message) {
        return hmac(key).doFinal(message);
    }
}
