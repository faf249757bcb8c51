package lancaster.rtmp.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;

/**
 * Lends all connections of a loop the same buffer to read into: what a handler reads it has copied when it returns, so
 * that the next read may overwrite it. Whoever keeps the buffer longer all the same makes the others get one of their
 * own.
 */
final class LoopReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    /** So often a connection that floods is read before the others of its loop have their turn. */
    private static final int READS_IN_A_TURN = 4;

    private final int capacity;
    private final FastThreadLocal<ByteBuf> buffers = new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
            return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(capacity));
        }
    };

    LoopReceiveBuffer(int capacity) {
        super(READS_IN_A_TURN);
        this.capacity = capacity;
    }

    @Override
    public MaxMessageHandle newHandle() {
        return new Lending();
    }

    private final class Lending extends MaxMessageHandle {
        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            ByteBuf shared = buffers.get();
            return shared.refCnt() == 1 ? shared.retain().clear() : allocator.directBuffer(capacity, capacity);
        }

        @Override
        public int guess() {
            return capacity;
        }
    }
}
