package lancaster.hds;

import java.time.Duration;
import lancaster.media.Timebase;

/**
 * Times of the timeline as HDS counts them: milliseconds that FLV tags hold in 31 bits. They begin anew after 24 days,
 * always with a fragment, whose start says which period all of it belongs to.
 */
final class HdsTime {
    /** Units a second in all boxes. */
    static final int TIMESCALE = 1000;

    /** Whole days, with room for the longest fragment below 2^31 ms, which are 24.8 days. */
    static final long PERIOD_MS = Duration.ofDays(24).toMillis();

    private HdsTime() {}

    /** The period of a fragment that starts at {@code start90k}. */
    static long period(long start90k) {
        return Math.floorDiv(Timebase.toMs(start90k), PERIOD_MS);
    }

    /** A time in a fragment of {@code period}. What comes a little too early for its fragment is not before its period. */
    static long ms(long time90k, long period) {
        return Math.max(0, Timebase.toMs(time90k) - period * PERIOD_MS);
    }
}
