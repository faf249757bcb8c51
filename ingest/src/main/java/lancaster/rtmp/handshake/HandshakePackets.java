package lancaster.rtmp.handshake;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** The layout that C1, S1, C2 and S2 share (§5.2.3, §5.2.4). */
final class HandshakePackets {
    /** C0 and S0: the protocol version in plain text (§5.2.2). */
    static final int VERSION = 3;
    /** Bytes of C1, S1, C2 and S2. */
    static final int SIZE = 1536;
    /** Bytes of C0 and C1, or S0 and S1. */
    static final int WITH_VERSION = 1 + SIZE;

    private static final int VERSION_OFFSET = 4;

    private HandshakePackets() {}

    /**
     * Writes a C1 or S1 with time 0.
     *
     * @param programVersion the four bytes that §5.2.3 wants to be zero; a digest is announced by them not being zero
     */
    static void putFirst(ByteBuffer out, int programVersion, RandomGenerator random) {
        out.putInt(0).putInt(programVersion);
        putRandom(out, SIZE - 8, random);
    }

    static byte[] first(int programVersion, RandomGenerator random) {
        byte[] packet = new byte[SIZE];
        putFirst(ByteBuffer.wrap(packet), programVersion, random);
        return packet;
    }

    static byte[] random(RandomGenerator random) {
        byte[] packet = new byte[SIZE];
        putRandom(ByteBuffer.wrap(packet), SIZE, random);
        return packet;
    }

    /** Whether the peer says by its program version that it may have put a digest into this C1 or S1. */
    static boolean announcesDigest(ByteBuffer packet) {
        return packet.getInt(packet.position() + VERSION_OFFSET) != 0;
    }

    private static void putRandom(ByteBuffer out, int bytes, RandomGenerator random) {
        for (int i = 0; i < bytes; i += Long.BYTES) {
            out.putLong(random.nextLong());
        }
    }
}
