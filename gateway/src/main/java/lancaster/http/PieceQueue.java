package lancaster.http;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import lancaster.endless.Piece;
import lancaster.media.Timebase;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one reader of an endless file, limited in bytes and stream time. A reader that doesn't keep up loses all
 * that waits and goes on where one may begin. Any thread may call; nobody waits.
 */
final class PieceQueue {
    /** More than the pieces that a reader is given when it comes. */
    static final long LIMIT_BYTES = 32 << 20;

    static final long LIMIT_90K = 20 * Timebase.HZ;

    private final Deque<Piece> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean begun;
    /** Waits for a piece that one may begin with. */
    private boolean skipping = true;

    private long cuts;

    /** Whether something was added. */
    synchronized boolean offer(Piece piece) {
        if (!skipping && isFullFor(piece)) {
            queue.clear();
            queuedBytes = 0;
            cuts++;
            skipping = true;
        }
        if (skipping && !piece.start()) {
            return false;
        }
        skipping = false;
        queue.add(piece);
        queuedBytes += piece.bytes().length();
        return true;
    }

    /** The next bytes to send, or null. */
    synchronized @Nullable ByteBuffer poll() {
        Piece piece = queue.peek();
        if (piece == null) {
            return null;
        }
        if (!begun) {
            begun = true;
            if (!piece.prologue().isEmpty()) {
                return piece.prologue().buffer();
            }
        }
        queue.remove();
        queuedBytes -= piece.bytes().length();
        return piece.bytes().buffer();
    }

    synchronized boolean isEmpty() {
        return queue.isEmpty();
    }

    /** How often what waited was thrown away. */
    synchronized long cuts() {
        return cuts;
    }

    private boolean isFullFor(Piece piece) {
        Piece oldest = queue.peek();
        return oldest != null
                && (queuedBytes + piece.bytes().length() > LIMIT_BYTES || piece.dts90k() - oldest.dts90k() > LIMIT_90K);
    }
}
