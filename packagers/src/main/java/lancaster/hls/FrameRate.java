package lancaster.hls;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import lancaster.media.Timebase;
import lancaster.segment.Segment;

/** FRAME-RATE (§4.4.6.2): what the encoder promises if its frames bear it out, else what is counted. */
final class FrameRate {
    /** Frames in 1 000 seconds. A rate near one of these is taken for it: times come in milliseconds. */
    private static final long[] USUAL_MILLI = {
        10_000, 12_500, 15_000, 20_000, 23_976, 24_000, 25_000, 29_970, 30_000, 47_952, 48_000, 50_000, 59_940, 60_000,
        100_000, 119_880, 120_000
    };

    private static final double NEAR_USUAL = 0.004;
    private static final double NEAR_PROMISED = 0.02;

    private FrameRate() {}

    /** Frames in 1 000 seconds; empty where nothing is to count. */
    static OptionalLong milli(OptionalDouble promised, List<Segment> segments) {
        long frames = 0;
        long duration90k = 0;
        for (Segment segment : segments) {
            if (!segment.gap() && segment.videoFrames() > 0) {
                frames += segment.videoFrames();
                duration90k += segment.duration90k();
            }
        }
        if (duration90k == 0) {
            return OptionalLong.empty();
        }
        double counted = (double) frames * Timebase.HZ / duration90k * 1000;
        double promisedMilli = promised.orElse(0) * 1000;
        return OptionalLong.of(
                Math.abs(promisedMilli - counted) <= counted * NEAR_PROMISED
                        ? Math.round(promisedMilli)
                        : nearestUsual(counted));
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
