package lancaster.pull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;

/**
 * Holds what came in segments and gives it out as time passes. Where it runs empty time stands still until something
 * comes; where it grows too long time goes a little faster. Time is handed in.
 */
final class HlsBuffer {
    private static final double FASTER = 1.04;
    private static final long LONG_90K = 30 * Timebase.HZ;

    private final List<Deque<MediaEvent>> lanes;
    private final long[] end90k;
    private boolean running;
    private long anchorNs;
    private long anchor90k;
    private double rate = 1;
    private long level90k;
    private long interruptions;

    HlsBuffer(int laneCount) {
        lanes = java.util.stream.Stream.generate(() -> (Deque<MediaEvent>) new ArrayDeque<MediaEvent>())
                .limit(laneCount)
                .toList();
        end90k = new long[laneCount];
        java.util.Arrays.fill(end90k, Long.MIN_VALUE);
    }

    /** How often it ran empty. */
    long interruptions() {
        return interruptions;
    }

    void add(int lane, List<MediaEvent> events, long nowNs) {
        lanes.get(lane).addAll(events);
        for (MediaEvent event : events) {
            if (event instanceof AccessUnit unit) {
                end90k[lane] = Math.max(end90k[lane], unit.dts90k());
            }
        }
        boolean long_ = buffered90k() > LONG_90K && buffered90k() > 2 * level90k;
        if (running && long_ != rate > 1) {
            anchor(time90k(nowNs), nowNs);
            rate = long_ ? FASTER : 1;
        }
    }

    /** Gives out what is due; how long until the next is, at the most. */
    long release(Consumer<MediaEvent> sink, long nowNs) {
        long horizon90k = Long.MAX_VALUE;
        for (long end : end90k) {
            horizon90k = Math.min(horizon90k, end);
        }
        while (true) {
            Deque<MediaEvent> next = next();
            if (next == null) {
                return idle();
            }
            if (next.peek() instanceof AccessUnit unit) {
                if (unit.dts90k() > horizon90k) {
                    return idle();
                }
                if (!running) {
                    running = true;
                    rate = 1;
                    anchor(unit.dts90k(), nowNs);
                    level90k = Math.max(level90k, buffered90k());
                }
                long dueNs = anchorNs + (long) (Timebase.toNs(unit.dts90k() - anchor90k) / rate);
                if (dueNs > nowNs) {
                    return dueNs - nowNs;
                }
            }
            sink.accept(next.remove());
        }
    }

    /** From the next that is due to the end of what all lanes have. */
    long buffered90k() {
        long first90k = Long.MAX_VALUE;
        long last90k = Long.MAX_VALUE;
        for (int i = 0; i < lanes.size(); i++) {
            for (MediaEvent event : lanes.get(i)) {
                if (event instanceof AccessUnit unit) {
                    first90k = Math.min(first90k, unit.dts90k());
                    break;
                }
            }
            last90k = Math.min(last90k, end90k[i]);
        }
        return first90k == Long.MAX_VALUE ? 0 : Math.max(0, last90k - first90k);
    }

    /** The lane whose first event comes first; configurations come before all. */
    private @org.jspecify.annotations.Nullable Deque<MediaEvent> next() {
        Deque<MediaEvent> soonest = null;
        long soonest90k = Long.MAX_VALUE;
        for (Deque<MediaEvent> lane : lanes) {
            MediaEvent first = lane.peek();
            if (first == null) {
                continue;
            }
            long dts90k = first instanceof AccessUnit unit ? unit.dts90k() : Long.MIN_VALUE;
            if (soonest == null || dts90k < soonest90k) {
                soonest = lane;
                soonest90k = dts90k;
            }
        }
        return soonest;
    }

    private long idle() {
        interruptions += running ? 1 : 0;
        running = false;
        return Long.MAX_VALUE;
    }

    private void anchor(long time90k, long nowNs) {
        anchorNs = nowNs;
        anchor90k = time90k;
    }

    private long time90k(long nowNs) {
        return anchor90k + (long) ((nowNs - anchorNs) * rate * Timebase.HZ / 1e9);
    }
}
