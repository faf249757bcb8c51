package lancaster.segment;

import lancaster.isobmff.TrackTimescale;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.Track;
import org.jspecify.annotations.Nullable;

/**
 * The newest access unit of a track in a segment, held back until its duration is known. Durations are in the track's
 * timescale: audio frames last their samples, unless frames are missing behind one, video frames until the next.
 */
final class HeldUnit {
    /** Sample clocks are rounded to ticks; more than this many samples is a hole. */
    private static final long MAX_ROUNDING_SAMPLES = 2;

    private final TrackTimescale timescale;
    /** Samples a frame; 0 for video. */
    private final int samplesPerFrame;

    private @Nullable AccessUnit unit;
    private int part;
    private long durationBefore;

    HeldUnit(Track track) {
        timescale = TrackTimescale.of(track);
        samplesPerFrame = track.config() instanceof AacConfig aac ? aac.samplesPerFrame() : 0;
        durationBefore = samplesPerFrame > 0 ? samplesPerFrame : timescale.fromTicks(SegmentExtent.LONE_FRAME_90K);
    }

    @Nullable
    AccessUnit unit() {
        return unit;
    }

    int part() {
        return part;
    }

    boolean holdsOf(int wanted) {
        return unit != null && part == wanted;
    }

    void hold(AccessUnit next, int nextPart) {
        unit = next;
        part = nextPart;
    }

    /** How long the held unit lasts if the track's next time is {@code next90k}. */
    long durationUntil(long next90k) {
        if (unit == null) {
            return 0;
        }
        long duration = Math.max(0, timescale.fromTicks(next90k) - timescale.fromTicks(unit.dts90k()));
        if (samplesPerFrame > 0 && duration <= samplesPerFrame + MAX_ROUNDING_SAMPLES) {
            return samplesPerFrame;
        }
        durationBefore = duration;
        return duration;
    }

    /** How long the last unit of a segment lasts: video until the next frame if it is known, else like the one before. */
    long lastDuration(SegmentEnd end) {
        if (samplesPerFrame > 0) {
            return samplesPerFrame;
        }
        return end.nextVideo90k().isPresent() ? durationUntil(end.nextVideo90k().getAsLong()) : durationBefore;
    }
}
