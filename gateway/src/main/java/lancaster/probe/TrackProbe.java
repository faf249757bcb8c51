package lancaster.probe;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import lancaster.bytes.Bytes;
import lancaster.media.CodecConfig;
import lancaster.media.Timebase;

/** Measures a track by its access units in decoding order. */
final class TrackProbe {
    /** Configurations that are told apart. */
    private static final int MAX_CONFIGURATIONS = 1_000;

    private static final long GAP_90K = Timebase.HZ;
    private static final int BITS = 8;

    private final int id;
    private final boolean video;
    private final Set<Bytes> configurations = new HashSet<>();
    private final FrameDurations durations = new FrameDurations();
    private CodecDetails codec;

    private long units;
    private long bytes;
    private boolean begun;
    private long first90k;
    private long last90k;
    private long maxCts90k = Long.MIN_VALUE;
    private long minCts90k = Long.MAX_VALUE;
    private long backwards;
    private long repeated;
    private long gaps;
    private long largestGap90k;

    private long windowStart90k;
    private long windowBytes;
    private long peakBytes;

    private boolean inGop;
    private long gopStart90k;
    private int gopFrames;
    private long gops;
    private long gopFramesSum;
    private int minGopFrames = Integer.MAX_VALUE;
    private int maxGopFrames;
    private long minGop90k = Long.MAX_VALUE;
    private long maxGop90k;

    TrackProbe(int id, boolean video, CodecDetails codec) {
        this.id = id;
        this.video = video;
        this.codec = codec;
    }

    void configure(CodecConfig config) {
        codec = CodecDetails.of(config);
        if (configurations.size() < MAX_CONFIGURATIONS) {
            configurations.add(config.record());
        }
    }

    CodecDetails codec() {
        return codec;
    }

    boolean isVideo() {
        return video;
    }

    boolean hasUnits() {
        return begun;
    }

    long first90k() {
        return first90k;
    }

    long last90k() {
        return last90k;
    }

    long units() {
        return units;
    }

    void unit(long dts90k, long cts90k, boolean randomAccess, int length) {
        units++;
        bytes += length;
        if (!begun) {
            begun = true;
            first90k = dts90k;
            windowStart90k = dts90k;
        } else {
            step(dts90k);
        }
        last90k = dts90k;
        maxCts90k = Math.max(maxCts90k, cts90k);
        minCts90k = Math.min(minCts90k, cts90k);
        window(dts90k, length);
        if (video) {
            frame(dts90k, randomAccess);
        }
    }

    private void step(long dts90k) {
        long step90k = dts90k - last90k;
        if (step90k < 0) {
            backwards++;
            breakOff(dts90k);
        } else if (step90k == 0) {
            repeated++;
        } else if (step90k >= GAP_90K) {
            gaps++;
            largestGap90k = Math.max(largestGap90k, step90k);
            breakOff(dts90k);
        } else {
            durations.add(step90k);
        }
    }

    /** What is measured over time begins anew. */
    private void breakOff(long dts90k) {
        inGop = false;
        windowStart90k = dts90k;
        windowBytes = 0;
    }

    private void window(long dts90k, int length) {
        if (dts90k - windowStart90k >= Timebase.HZ) {
            peakBytes = Math.max(peakBytes, windowBytes);
            windowBytes = 0;
            windowStart90k += Timebase.HZ;
        }
        windowBytes += length;
    }

    private void frame(long dts90k, boolean randomAccess) {
        if (randomAccess) {
            if (inGop) {
                long length90k = dts90k - gopStart90k;
                gops++;
                gopFramesSum += gopFrames;
                minGopFrames = Math.min(minGopFrames, gopFrames);
                maxGopFrames = Math.max(maxGopFrames, gopFrames);
                minGop90k = Math.min(minGop90k, length90k);
                maxGop90k = Math.max(maxGop90k, length90k);
            }
            inGop = true;
            gopStart90k = dts90k;
            gopFrames = 0;
        }
        gopFrames++;
    }

    TrackReport report() {
        double usual90k = durations.usual90k();
        // The last unit's duration belongs to the stream too.
        double seconds = (durations.sum90k() + usual90k) / Timebase.HZ;
        return new TrackReport(
                id,
                video,
                codec,
                units,
                bytes,
                Timebase.toMs(Math.max(0, last90k - first90k)),
                seconds == 0 ? 0 : Math.round(bytes * BITS / seconds),
                Math.max(peakBytes * BITS, 0),
                usual90k == 0 ? 0 : Timebase.HZ / usual90k,
                durations.isConstant(),
                gops == 0
                        ? Optional.empty()
                        : Optional.of(new GopReport(
                                gops,
                                minGopFrames,
                                maxGopFrames,
                                (double) gopFramesSum / gops,
                                Timebase.toMs(minGop90k),
                                Timebase.toMs(maxGop90k))),
                maxCts90k > minCts90k ? Timebase.toMs(maxCts90k) : 0,
                configurations.size(),
                durations.missing(),
                backwards,
                repeated,
                gaps,
                Timebase.toMs(largestGap90k));
    }
}
