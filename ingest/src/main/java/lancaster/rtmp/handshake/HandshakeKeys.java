package lancaster.rtmp.handshake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The well-known keys of the digest handshake. They keep nothing secret: they only tell Flash peers that the other side
 * speaks their dialect. C1 and S1 are signed with the text alone, C2 and S2 with text and tail.
 */
final class HandshakeKeys {
    private static final byte[] TAIL =
            HexFormat.of().parseHex("f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae");

    static final byte[] CLIENT = text("Genuine Adobe Flash Player 001");
    static final byte[] CLIENT_FULL = withTail(CLIENT);
    static final byte[] SERVER = text("Genuine Adobe Flash Media Server 001");
    static final byte[] SERVER_FULL = withTail(SERVER);

    private HandshakeKeys() {}

    /** HMAC-SHA256 of two pieces of bytes. */
    static byte[] hmac(byte[] key, byte[] a, int aFrom, int aCount, byte[] b, int bFrom, int bCount) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(a, aFrom, aCount);
            mac.update(b, bFrom, bCount);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /**
     * Signs a C2 or S2: its last 32 bytes authenticate the rest, under a key made from the other side's digest.
     *
     * @param fullKey {@link #CLIENT_FULL} for a C2, {@link #SERVER_FULL} for an S2
     */
    static void signSecond(byte[] packet, byte[] fullKey, byte[] peerDigest) {
        byte[] key = hmac(fullKey, peerDigest, 0, peerDigest.length, peerDigest, 0, 0);
        int signed = packet.length - DigestScheme.DIGEST_BYTES;
        byte[] digest = hmac(key, packet, 0, signed, packet, 0, 0);
        System.arraycopy(digest, 0, packet, signed, digest.length);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] withTail(byte[] key) {
        byte[] full = Arrays.copyOf(key, key.length + TAIL.length);
        System.arraycopy(TAIL, 0, full, key.length, TAIL.length);
        return full;
    }
}
