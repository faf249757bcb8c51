package lancaster.rtmp.play;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lancaster.bytes.Bytes;

/** Chunks on the heap, whose holds are counted all the same. */
public final class HeapChunks implements SharedChunks {
    private final Bytes bytes;
    private int holds = 1;

    private HeapChunks(Bytes bytes) {
        this.bytes = bytes;
    }

    /** Keeps what it has made. */
    public static final class Memory implements ChunkMemory {
        private final List<HeapChunks> made = new ArrayList<>();

        @Override
        public SharedChunks fill(int maxBytes, Consumer<ByteBuffer> writer) {
            ByteBuffer space = ByteBuffer.allocate(maxBytes);
            writer.accept(space);
            HeapChunks chunks = new HeapChunks(Bytes.copyOf(space.flip()));
            made.add(chunks);
            return chunks;
        }

        /** How many times something was encoded. */
        public int made() {
            return made.size();
        }

        /** Those that somebody holds. */
        public long held() {
            return made.stream().filter(chunks -> chunks.holds > 0).count();
        }
    }

    public Bytes bytes() {
        if (holds <= 0) {
            throw new IllegalStateException("used after it was released");
        }
        return bytes;
    }

    @Override
    public int length() {
        return bytes.length();
    }

    @Override
    public void retain() {
        bytes();
        holds++;
    }

    @Override
    public void release() {
        bytes();
        holds--;
    }
}
