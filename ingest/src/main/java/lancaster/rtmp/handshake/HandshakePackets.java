package lancaster.rtmp.handshake;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The layout that C1, S1, C2 and S2 share (§5.2.3, §5.2.4). */
final class HandshakePackets {
    /** C0 and S0: the protocol version in plain text (§5.2.2). */
    static final int VERSION = 3;
    /** Bytes of C1, S1, C2 and S2. */
    static final int SIZE = 1536;

    private static final int VERSION_OFFSET = 4;
    private static final int RANDOM_OFFSET = 8;

    private HandshakePackets() {}

    /**
     * A C1 or S1 with time 0.
     *
     * @param programVersion the four bytes that §5.2.3 wants to be zero; a digest is announced by them not being zero
     */
    static byte[] first(int programVersion, RandomGenerator random) {
        byte[] packet = random(random);
        Arrays.fill(packet, 0, RANDOM_OFFSET, (byte) 0);
        for (int i = 0; i < 4; i++) {
            packet[VERSION_OFFSET + i] = (byte) (programVersion >> (24 - 8 * i));
        }
        return packet;
    }

    static byte[] random(RandomGenerator random) {
        byte[] packet = new byte[SIZE];
        random.nextBytes(packet);
        return packet;
    }

    /** Whether the peer says by its program version that it may have put a digest into this C1 or S1. */
    static boolean announcesDigest(byte[] packet) {
        for (int i = VERSION_OFFSET; i < RANDOM_OFFSET; i++) {
            if (packet[i] != 0) {
                return true;
            }
        }
        return false;
    }
}
