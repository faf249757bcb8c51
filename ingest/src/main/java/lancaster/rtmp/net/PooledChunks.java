package lancaster.rtmp.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import lancaster.rtmp.play.SharedChunks;

/** Chunks in one of Netty's pooled buffers outside the heap, of which each connection sends a slice. */
final class PooledChunks implements SharedChunks {
    private final ByteBuf buffer;

    private PooledChunks(ByteBuf buffer) {
        this.buffer = buffer;
    }

    static PooledChunks fill(int maxBytes, Consumer<ByteBuffer> writer) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(maxBytes, maxBytes);
        ByteBuffer space = buffer.internalNioBuffer(0, maxBytes);
        int from = space.position();
        writer.accept(space);
        buffer.writerIndex(space.position() - from);
        return new PooledChunks(buffer);
    }

    ByteBuf slice(int from, int count) {
        return buffer.retainedSlice(from, count);
    }

    @Override
    public int length() {
        return buffer.readableBytes();
    }

    @Override
    public void retain() {
        buffer.retain();
    }

    @Override
    public void release() {
        buffer.release();
    }
}
