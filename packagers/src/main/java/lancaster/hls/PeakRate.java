package lancaster.hls;

import java.util.List;
import lancaster.media.Timebase;
import lancaster.segment.Segment;

/** Bit rates of segments (§4.1, §4.4.6.2). Pure functions. */
final class PeakRate {
    private static final long BITS_A_BYTE = 8;

    private PeakRate() {}

    /**
     * The largest rate of any run of segments without a gap that lasts 0.5 to 1.5 target durations and half a second; 0 where no run
     * does.
     */
    static long peak(List<Segment> segments, int targetDurationS) {
        long shortest90k = targetDurationS * Timebase.HZ / 2;
        long longest90k = 3 * shortest90k + Timebase.HZ / 2;
        long peak = 0;
        for (int from = 0; from < segments.size(); from++) {
            long duration90k = 0;
            long bytes = 0;
            for (int i = from; i < segments.size() && !segments.get(i).gap() && duration90k <= longest90k; i++) {
                duration90k += segments.get(i).duration90k();
                bytes += segments.get(i).bytes();
                if (duration90k >= shortest90k && duration90k <= longest90k) {
                    peak = Math.max(peak, rate(bytes, duration90k));
                }
            }
        }
        return peak;
    }

    /** Bits a second of all segments together, but for gaps. */
    static long average(List<Segment> segments) {
        long duration90k = 0;
        long bytes = 0;
        for (Segment segment : segments) {
            duration90k += segment.gap() ? 0 : segment.duration90k();
            bytes += segment.bytes();
        }
        return duration90k == 0 ? 0 : rate(bytes, duration90k);
    }

    /** Rounded up: a peak is never understated. */
    private static long rate(long bytes, long duration90k) {
        return -Math.floorDiv(-bytes * BITS_A_BYTE * Timebase.HZ, duration90k);
    }
}
