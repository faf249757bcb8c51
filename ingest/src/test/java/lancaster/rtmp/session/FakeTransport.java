package lancaster.rtmp.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.rtmp.play.HeapChunks;
import lancaster.rtmp.play.SharedChunks;

/** A socket that takes everything at once, unless told to hold it back. */
final class FakeTransport implements RtmpTransport {
    private final ByteWriter written = new ByteWriter();
    private final List<Runnable> taken = new ArrayList<>();
    private int flushedBytes;
    boolean reads = true;
    boolean finished;
    boolean closed;

    @Override
    public void write(int maxBytes, Consumer<ByteBuffer> writer) {
        if (finished || closed) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(maxBytes);
        writer.accept(buffer);
        written.bytes(Bytes.copyOf(buffer.flip()));
    }

    @Override
    public void write(SharedChunks chunks, int from, int count) {
        if (!finished && !closed) {
            written.bytes(((HeapChunks) chunks).bytes().slice(from, count));
        }
    }

    @Override
    public long unsentBytes() {
        return 0;
    }

    @Override
    public void whenTaken(Runnable task) {
        taken.add(task);
    }

    /** The peer reads again. */
    void read() {
        reads = true;
        List<Runnable> tasks = List.copyOf(taken);
        taken.clear();
        tasks.forEach(Runnable::run);
    }

    @Override
    public void flush() {
        flushedBytes = written.length();
    }

    @Override
    public long pendingBytes() {
        return reads ? 0 : written.length();
    }

    @Override
    public void finish() {
        flush();
        finished = true;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** All that was sent; what is written and not flushed doesn't count. */
    Bytes sent() {
        return written.bytes().slice(0, flushedBytes);
    }
}
