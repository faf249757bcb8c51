package lancaster.probe;

import java.util.Map;
import java.util.TreeMap;
import lancaster.media.Timebase;

/** How long frames last, and so what their rate is: a frame that is missing makes the one before it long. */
final class FrameDurations {
    /** Different durations that are told apart; a stream of more has no rate at all. */
    private static final int MAX_DURATIONS = 256;
    /** Milliseconds round a duration up or down, and 90 kHz rounds again. */
    private static final long ROUNDING_90K = Timebase.TICKS_PER_MS + 2;

    private static final double ALMOST_ALL = 0.99;
    private static final double MOST = 0.8;
    private static final double SHORTEST = 0.5;
    private static final double LONGEST = 1.5;

    private final Map<Long, Long> counts = new TreeMap<>();
    private long frames;
    private long sum90k;

    void add(long duration90k) {
        frames++;
        sum90k += duration90k;
        if (counts.size() < MAX_DURATIONS || counts.containsKey(duration90k)) {
            counts.merge(duration90k, 1L, Long::sum);
        }
    }

    /** All of them together, what is missing too. */
    long sum90k() {
        return sum90k;
    }

    /** The usual duration: the mean of those near the middle one, where those are most; else of all. */
    double usual90k() {
        if (frames == 0) {
            return 0;
        }
        long middle90k = middle90k();
        long near = 0;
        long nearSum90k = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            if (entry.getKey() >= SHORTEST * middle90k && entry.getKey() <= LONGEST * middle90k) {
                near += entry.getValue();
                nearSum90k += entry.getKey() * entry.getValue();
            }
        }
        return near >= MOST * frames ? (double) nearSum90k / near : (double) sum90k / frames;
    }

    private long middle90k() {
        long before = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            before += entry.getValue();
            if (2 * before >= frames) {
                return entry.getKey();
            }
        }
        return 0;
    }

    /** Whether all frames last equally long, but for rounding and for frames that are missing. */
    boolean isConstant() {
        return frames > 0 && whole() >= ALMOST_ALL * frames;
    }

    /** Those that last the usual time, or a multiple of it. */
    private long whole() {
        double usual90k = usual90k();
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey() > 0 && isMultiple(entry.getKey(), usual90k))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static boolean isMultiple(long duration90k, double usual90k) {
        double times = Math.max(1, Math.rint(duration90k / usual90k));
        return Math.abs(duration90k - times * usual90k) <= ROUNDING_90K * times;
    }

    /** Frames that are missing; known only where the rate is constant. */
    long missing() {
        if (!isConstant()) {
            return 0;
        }
        double usual90k = usual90k();
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey() > LONGEST * usual90k)
                .mapToLong(entry -> (Math.round(entry.getKey() / usual90k) - 1) * entry.getValue())
                .sum();
    }
}
