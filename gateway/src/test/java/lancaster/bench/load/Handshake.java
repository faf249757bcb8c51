package lancaster.bench.load;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The handshake as a client has it (RTMP §5.2): C0 and C1, and C2 to S0, S1 and S2. */
final class Handshake {
    private static final int BYTES = 1536;
    private static final byte VERSION = 3;
    /** Behind version and the two words of C1. */
    private static final int FILLED_FROM = 9;

    private Handshake() {}

    static ByteBuffer hello() {
        ByteBuffer hello = ByteBuffer.allocate(1 + BYTES).put(VERSION);
        hello.position(FILLED_FROM);
        while (hello.hasRemaining()) {
            hello.put((byte) (hello.position() * 7));
        }
        return hello.flip();
    }

    /** The answer to what the server says, which is taken from {@code in}; empty until all of it is there. */
    static Optional<ByteBuffer> echo(ByteBuffer in) {
        if (in.remaining() < 1 + 2 * BYTES) {
            return Optional.empty();
        }
        byte[] echo = new byte[BYTES];
        in.get();
        in.get(echo);
        in.position(in.position() + BYTES);
        return Optional.of(ByteBuffer.wrap(echo));
    }
}
