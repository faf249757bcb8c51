package lancaster.hls;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import lancaster.media.Timebase;
import lancaster.segment.Segment;

/**
 * FRAME-RATE, the highest there is (§4.4.6.2): what the encoder promises if its frames bear it out, else what is counted
 * where most were counted. An encoder that can't keep up sends fewer frames than it promises, and after a stall those
 * of a while in a moment: the promise stands if it is true of the segment in the middle.
 */
final class FrameRate {
    /** Frames in 1 000 seconds. A rate near one of these is taken for it: times come in milliseconds. */
    private static final long[] USUAL_MILLI = {
        10_000, 12_500, 15_000, 20_000, 23_976, 24_000, 25_000, 29_970, 30_000, 47_952, 48_000, 50_000, 59_940, 60_000,
        100_000, 119_880, 120_000
    };

    private static final double NEAR_USUAL = 0.004;
    /** So much more than is promised may be counted. */
    private static final double ABOVE_PROMISED = 0.02;
    /** With so much less the promise is meant otherwise: as fields, or as ticks. */
    private static final double BELOW_PROMISED = 0.2;
    /** Shorter segments count too few frames to tell a rate, where there are others. */
    private static final long TELLING_90K = Timebase.HZ;

    private FrameRate() {}

    /** Frames in 1 000 seconds; empty where nothing is to count. */
    static OptionalLong milli(OptionalDouble promised, List<Segment> segments) {
        double[] telling = rates(segments, TELLING_90K);
        double[] counted = telling.length > 0 ? telling : rates(segments, 1);
        if (counted.length == 0) {
            return OptionalLong.empty();
        }
        double middle = counted[counted.length / 2];
        double promisedMilli = promised.orElse(0) * 1000;
        boolean borneOut =
                middle <= promisedMilli * (1 + ABOVE_PROMISED) && middle >= promisedMilli * (1 - BELOW_PROMISED);
        return OptionalLong.of(borneOut ? Math.round(promisedMilli) : nearestUsual(counted[counted.length - 1]));
    }

    /** Frames in 1 000 seconds of each segment that is so long and has any, the fewest first. */
    private static double[] rates(List<Segment> segments, long atLeast90k) {
        return segments.stream()
                .filter(segment -> !segment.gap() && segment.duration90k() >= atLeast90k && segment.videoFrames() > 0)
                .mapToDouble(segment -> (double) segment.videoFrames() * Timebase.HZ / segment.duration90k() * 1000)
                .sorted()
                .toArray();
    }

    private static long nearestUsual(double counted) {
        long nearest = USUAL_MILLI[0];
        for (long usual : USUAL_MILLI) {
            if (Math.abs(usual - counted) < Math.abs(nearest - counted)) {
                nearest = usual;
            }
        }
        return Math.abs(nearest - counted) <= counted * NEAR_USUAL ? nearest : Math.round(counted);
    }
}
