package lancaster.rtmfp.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/** The HMAC behind the ciphertext of one direction, cut to the length agreed (RFC 7425 §4.7). */
final class PacketAuthentication {
    private final Mac mac;
    private final int length;
    private final byte[] computed = new byte[Hashes.HMAC_BYTES];

    PacketAuthentication(byte[] key, int length) {
        this.mac = Hashes.hmac(key);
        this.length = length;
    }

    int length() {
        return length;
    }

    /** Writes the HMAC of {@code count} bytes behind them; all 32 bytes need room. */
    void append(byte[] array, int offset, int count) {
        mac.update(array, offset, count);
        try {
            mac.doFinal(array, offset + count);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no room for an HMAC behind " + count + " bytes", e);
        }
    }

    /** Whether the HMAC of {@code count} bytes stands behind them, in a time that doesn't tell where it differs. */
    boolean verifies(byte[] array, int offset, int count) {
        mac.update(array, offset, count);
        try {
            mac.doFinal(computed, 0);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("there is room for it", e);
        }
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= computed[i] ^ array[offset + count + i];
        }
        return difference == 0;
    }
}
