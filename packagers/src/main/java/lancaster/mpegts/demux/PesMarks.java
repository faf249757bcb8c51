package lancaster.mpegts.demux;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds the timestamp of an access unit: it is that of the PES packet in which the access unit begins, if none began in
 * that one before (§2.4.3.7).
 */
final class PesMarks {
    /** PES packets that begin before one NAL unit or audio frame is complete. */
    private static final int LIMIT = 32;

    private record Mark(long position, PesTime time) {}

    private final Deque<Mark> marks = new ArrayDeque<>();

    /** A PES packet's payload begins at {@code position} of the stream. */
    void begin(long position, PesTime time) {
        if (marks.size() == LIMIT) {
            marks.removeFirst();
        }
        marks.addLast(new Mark(position, time));
    }

    /** The time of an access unit that begins at {@code position}; unknown where it has none of its own. */
    PesTime take(long position) {
        PesTime time = PesTime.unknown(false);
        while (!marks.isEmpty() && marks.getFirst().position() <= position) {
            time = marks.removeFirst().time();
        }
        return time;
    }
}
