package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Objects;
import lancaster.bytes.Bytes;
import lancaster.endless.Piece;
import lancaster.media.Timebase;
import org.junit.jupiter.api.Test;

class PieceQueueTest {
    private final PieceQueue queue = new PieceQueue();

    @Test
    void aReaderBeginsWhereOneMayBehindThePrologue() {
        assertFalse(queue.offer(piece(1, false, 0)));
        assertTrue(queue.offer(piece(2, true, 1)));
        assertTrue(queue.offer(piece(3, false, 2)));
        assertEquals(100 + 2, next());
        assertEquals(2, next());
        assertEquals(3, next());
        assertNull(queue.poll());
        assertTrue(queue.isEmpty());
    }

    @Test
    void thePrologueComesOnce() {
        queue.offer(piece(1, true, 0));
        queue.offer(piece(2, true, 2));
        assertEquals(101, next());
        assertEquals(1, next());
        assertEquals(2, next());
    }

    @Test
    void whoIsTooFarBehindGoesOnWhereOneMayBegin() {
        for (int second = 0; second <= 20; second++) {
            assertTrue(queue.offer(piece(second, second % 5 == 0, second)));
        }
        assertEquals(0, queue.cuts());
        assertFalse(queue.offer(piece(21, false, 21)));
        assertEquals(1, queue.cuts());
        assertTrue(queue.isEmpty());
        assertFalse(queue.offer(piece(22, false, 22)));
        assertTrue(queue.offer(piece(25, true, 25)));
        next();
        assertEquals(25, next());
        assertEquals(1, queue.cuts());
    }

    @Test
    void aCutAtAPieceThatOneMayBeginWithLosesNothingMore() {
        queue.offer(piece(0, true, 0));
        assertTrue(queue.offer(piece(30, true, 30)));
        assertEquals(1, queue.cuts());
        next();
        assertEquals(30, next());
    }

    @Test
    void bytesAreLimitedToo() {
        Bytes large = Bytes.wrap(new byte[1 << 20]);
        queue.offer(piece(0, true, 0));
        long taken = 0;
        while (queue.offer(new Piece(large, false, Bytes.EMPTY, 0))) {
            taken++;
        }
        assertEquals((PieceQueue.LIMIT_BYTES >> 20) - 1, taken);
    }

    private int next() {
        ByteBuffer next = Objects.requireNonNull(queue.poll());
        return next.get() & 0xFF;
    }

    private static Piece piece(int content, boolean start, int second) {
        Bytes prologue = start ? Bytes.of(100 + content) : Bytes.EMPTY;
        return new Piece(Bytes.of(content), start, prologue, second * Timebase.HZ);
    }
}
