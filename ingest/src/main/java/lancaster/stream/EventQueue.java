package lancaster.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import org.jspecify.annotations.Nullable;

/**
 * A queue of events, limited in bytes and stream time. Access units and data messages may be thrown away; where that
 * happened to access units a {@link Gap} stands in the queue. Confined by its owner's lock.
 */
final class EventQueue {
    /** Access units that are missing in this place. */
    static final class Gap {
        private int accessUnits;

        private Gap(int accessUnits) {
            this.accessUnits = accessUnits;
        }

        int accessUnits() {
            return accessUnits;
        }
    }

    /** What an event is taken to cost beside its payload. */
    private static final int OVERHEAD_BYTES = 100;

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

    /** Whether {@code event} would break a limit. Where no access unit waits any has room. */
    boolean isFullFor(MediaEvent event) {
        boolean tooMuch = queuedBytes + size(event) > limitBytes;
        return event instanceof AccessUnit unit
                ? queuedUnits > 0 && (tooMuch || spanUpTo(unit.dts90k()) > limit90k)
                : tooMuch;
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
        addGap(1);
    }

    /** Notes that access units were lost before they came here. */
    void addGap(int accessUnits) {
        if (entries.peekLast() instanceof Gap last) {
            last.accessUnits += accessUnits;
        } else {
            entries.add(new Gap(accessUnits));
        }
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
                addGap(gap.accessUnits);
            } else if (entry instanceof MediaEvent event && !(event instanceof DataMessage)) {
                add(event);
            }
        }
    }

    void clear() {
        entries = new ArrayDeque<>();
        queuedBytes = 0;
        queuedUnits = 0;
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
            return OVERHEAD_BYTES + unit.payload().length();
        }
        return OVERHEAD_BYTES
                + (event instanceof DataMessage message ? message.amf0().length() : 0);
    }
}
