package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lancaster.bytes.Bytes;

/**
 * Makes and checks codes over bytes and an address that only this endpoint can make: what cookies (RFC 7016 §3.5.1.1.2)
 * and proofs of a new address (§3.5.4.2) are made of. HMAC-SHA-256.
 */
final class AddressProof {
    static final int CODE_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    AddressProof(RandomGenerator random) {
        byte[] secret = new byte[CODE_BYTES];
        random.nextBytes(secret);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    byte[] code(Bytes content) {
        content.writeTo(mac::update);
        return mac.doFinal();
    }

    byte[] code(Bytes content, InetSocketAddress address) {
        content.writeTo(mac::update);
        mac.update(address.getAddress().getAddress());
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, address.getPort()));
        return mac.doFinal();
    }

    /** Whether the {@code length} first bytes of the code are these, in a time that does not tell how many are. */
    static boolean matches(byte[] code, int length, Bytes claimed) {
        byte[] expected = Arrays.copyOf(code, length);
        return MessageDigest.isEqual(expected, claimed.toArray());
    }
}
