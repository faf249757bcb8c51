package lancaster.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import org.jspecify.annotations.Nullable;

/**
 * A queue of events, limited in bytes and stream time. Access units and data messages count and may be thrown away;
 * where that happened to access units a {@link Gap} stands in the queue. Confined by its owner's lock.
 */
final class EventQueue {
    /** Access units that are missing in this place. */
    static final class Gap {
        private int accessUnits;

        int accessUnits() {
            return accessUnits;
        }
    }

    private final long limitBytes;
    private final long limit90k;
    /** {@link MediaEvent}s and {@link Gap}s. */
    private Deque<Object> entries = new ArrayDeque<>();

    private long queuedBytes;
    private int queuedUnits;
    private long newestDts90k;
    private long gapAccessUnits;
    private long gapBytes;

    EventQueue(long limitBytes, long limit90k) {
        this.limitBytes = limitBytes;
        this.limit90k = limit90k;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    /** Entries that no overflow throws away. */
    int pinned() {
        return entries.size() - queuedUnits;
    }

    long queuedBytes() {
        return queuedBytes;
    }

    /** Stream time from the oldest queued access unit to the newest. */
    long queuedMs() {
        return Math.max(0, Timebase.toMs(spanUpTo(newestDts90k)));
    }

    /** Access units that were ever thrown away. */
    long gapAccessUnits() {
        return gapAccessUnits;
    }

    long gapBytes() {
        return gapBytes;
    }

    /** Whether {@code unit} would break a limit. Where no unit waits any unit has room. */
    boolean isFullFor(AccessUnit unit) {
        return queuedUnits > 0
                && (queuedBytes + unit.payload().length() > limitBytes || spanUpTo(unit.dts90k()) > limit90k);
    }

    boolean isFullFor(DataMessage message) {
        return queuedBytes + message.amf0().length() > limitBytes;
    }

    void add(MediaEvent event) {
        entries.add(event);
        queuedBytes += size(event);
        if (event instanceof AccessUnit unit) {
            queuedUnits++;
            newestDts90k = unit.dts90k();
        }
    }

    /** Notes that {@code unit} is thrown away in this place. */
    void addToGap(AccessUnit unit) {
        gapAccessUnits++;
        gapBytes += unit.payload().length();
        gap().accessUnits++;
    }

    /** The oldest {@link MediaEvent} or {@link Gap}. */
    @Nullable
    Object poll() {
        Object entry = entries.poll();
        if (entry instanceof MediaEvent event) {
            queuedBytes -= size(event);
            queuedUnits -= event instanceof AccessUnit ? 1 : 0;
        }
        return entry;
    }

    /** Throws all access units and data messages away; gaps stand in the places of the units. */
    void cut() {
        Deque<Object> old = entries;
        clear();
        for (Object entry : old) {
            if (entry instanceof AccessUnit unit) {
                addToGap(unit);
            } else if (entry instanceof Gap gap) {
                gap().accessUnits += gap.accessUnits;
            } else if (!(entry instanceof DataMessage)) {
                entries.add(entry);
            }
        }
    }

    void clear() {
        entries = new ArrayDeque<>();
        queuedBytes = 0;
        queuedUnits = 0;
    }

    private Gap gap() {
        if (entries.peekLast() instanceof Gap last) {
            return last;
        }
        Gap gap = new Gap();
        entries.add(gap);
        return gap;
    }

    private long spanUpTo(long dts90k) {
        for (Object entry : entries) {
            if (entry instanceof AccessUnit oldest) {
                return dts90k - oldest.dts90k();
            }
        }
        return 0;
    }

    private static int size(MediaEvent event) {
        if (event instanceof AccessUnit unit) {
            return unit.payload().length();
        }
        return event instanceof DataMessage message ? message.amf0().length() : 0;
    }
}
