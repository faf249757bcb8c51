package lancaster.rtmp.handshake;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the 32 bytes of a digest lie in a C1 or S1. RTMP 1.0 doesn't describe it: Flash Player 9 put the digest into the
 * second half, later players into the first; four bytes before each half's payload add up to the place.
 */
enum DigestScheme {
    /** The half that begins behind time and version. */
    FIRST_HALF(8),
    SECOND_HALF(772);

    static final int DIGEST_BYTES = 32;
    /** A half has 764 bytes: 4 for the place, 32 for the digest, and the place may be any of the rest. */
    private static final int PLACES = 728;

    private final int base;

    DigestScheme(int base) {
        this.base = base;
    }

    /** The scheme that {@code packet} is signed by under {@code key}, if it is by any. */
    static Optional<DigestScheme> of(byte[] packet, byte[] key) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.isSigned(packet, key))
                .findFirst();
    }

    /** The digest that lies in {@code packet}. */
    byte[] digest(byte[] packet) {
        int offset = offset(packet);
        return Arrays.copyOfRange(packet, offset, offset + DIGEST_BYTES);
    }

    void sign(byte[] packet, byte[] key) {
        ByteBuffer.wrap(packet).put(offset(packet), compute(packet, key));
    }

    private boolean isSigned(byte[] packet, byte[] key) {
        return MessageDigest.isEqual(compute(packet, key), digest(packet));
    }

    /** The digest covers the packet without the digest's own bytes. */
    private byte[] compute(byte[] packet, byte[] key) {
        int offset = offset(packet);
        int behind = offset + DIGEST_BYTES;
        return HandshakeKeys.hmac(key, packet, 0, offset, packet, behind, packet.length - behind);
    }

    private int offset(byte[] packet) {
        int sum = 0;
        for (int i = base; i < base + 4; i++) {
            sum += packet[i] & 0xFF;
        }
        return base + 4 + sum % PLACES;
    }
}
