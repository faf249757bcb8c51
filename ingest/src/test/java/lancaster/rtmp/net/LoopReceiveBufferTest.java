package lancaster.rtmp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class LoopReceiveBufferTest {
    private static final int CAPACITY = 1024;

    private final LoopReceiveBuffer buffers = new LoopReceiveBuffer(CAPACITY);

    @Test
    void lendsOneBufferToAllConnectionsOfAThread() {
        ByteBuf first = borrow();
        first.writeByte(1);
        first.release();
        ByteBuf second = borrow();
        assertSame(first, second);
        assertEquals(0, second.readableBytes());
        assertEquals(CAPACITY, second.writableBytes());
        second.release();
    }

    @Test
    void leavesABufferAloneThatSomebodyKept() {
        ByteBuf kept = borrow();
        kept.writeByte(1);
        ByteBuf other = borrow();
        assertNotSame(kept, other);
        other.writeByte(2);
        assertEquals(1, kept.getByte(0));
        other.release();
        kept.release();
        ByteBuf again = borrow();
        assertSame(kept, again);
        again.release();
    }

    private ByteBuf borrow() {
        return buffers.newHandle().allocate(UnpooledByteBufAllocator.DEFAULT);
    }
}
