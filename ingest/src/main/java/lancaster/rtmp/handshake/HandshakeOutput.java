package lancaster.rtmp.handshake;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Where a handshake writes to. */
@FunctionalInterface
public interface HandshakeOutput {
    /** Hands {@code writer} a buffer with room for {@code bytes}, which it fills. */
    void write(int bytes, Consumer<ByteBuffer> writer);
}
