package lancaster.rtmp.play;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Where {@link SharedChunks} come from: the seam to the sockets, which take them without another copy. */
@FunctionalInterface
public interface ChunkMemory {
    /** Hands {@code writer} a big-endian buffer with room for {@code maxBytes}; what it fills is held once. */
    SharedChunks fill(int maxBytes, Consumer<ByteBuffer> writer);
}
