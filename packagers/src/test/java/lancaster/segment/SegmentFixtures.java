package lancaster.segment;

import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Mark;
import lancaster.media.TimelineRecord;
import lancaster.media.Track;

/** Builders for the tests of segments and lists. */
public final class SegmentFixtures {
    public static final long SECOND = 90_000;
    public static final TimelineRecord RECORD = new TimelineRecord(
            Bytes.wrap(new byte[16]), 1_700_000_000_000L, 4 * SECOND, SECOND, List.of("ts", "fmp4"), true, 1);
    public static final Track VIDEO = new Track(Track.VIDEO, new AvcConfig(Bytes.of(1, 0x64, 0, 0x1F)));
    public static final Track AUDIO = new Track(Track.AUDIO, new AacConfig(Bytes.of(0x11, 0x90), 48_000, 1024, 2));
    public static final TrackSet TRACKS = new TrackSet(0, List.of(VIDEO, AUDIO));

    private SegmentFixtures() {}

    /** Segment {@code number} of a list of segments of {@code seconds}, all of the same length. */
    public static Segment segment(long number, double seconds) {
        return segment(number, seconds, 0, false);
    }

    public static Segment segment(long number, double seconds, long discontinuitySequence, boolean discontinuity) {
        long duration90k = Math.round(seconds * SECOND);
        long start90k = number * duration90k;
        return new Segment(
                number,
                start90k,
                duration90k,
                discontinuity,
                discontinuitySequence,
                RECORD.zeroUtcMs() + start90k / 90,
                1_000_000,
                100,
                false,
                TRACKS);
    }

    public static Mark mark(Mark.Kind kind, long number, long start90k) {
        return new Mark(RECORD, kind, number, start90k, 0, RECORD.zeroUtcMs() + start90k / 90, List.of(), List.of());
    }

    public static AccessUnit video(long dts90k) {
        return new AccessUnit(Track.VIDEO, dts90k, 0, true, Bytes.of(0, 0, 0, 1, 0x65));
    }

    public static AccessUnit audio(long dts90k) {
        return new AccessUnit(Track.AUDIO, dts90k, 0, true, Bytes.of(0x21));
    }
}
