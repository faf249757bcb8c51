package lancaster.media;

import java.util.List;
import lancaster.bytes.Bytes;

/**
 * A decision of the stream's origin, in its place in the stream: a segment begins here, or the stream ends. It stands
 * before the first access unit of its segment. On the wire it is the data message {@code onTimeline}.
 *
 * @param record the timeline it belongs to, repeated so that a joiner needs nothing older
 * @param kind why the mark stands here
 * @param number the segment that begins here; for END the one that would be next
 * @param start90k where that segment begins on the timeline: the decoding time of its first access unit
 * @param discontinuitySequence how many discontinuities the timeline has had, this one included
 * @param utcMs wall-clock time of {@code start90k}, milliseconds since 1970; runs with the timeline and is anchored
 *     anew only at a discontinuity
 * @param audio for each audio track where its sample clock stands
 * @param hashes hashes of finished segments that no earlier mark carried
 */
public record Mark(
        TimelineRecord record,
        Kind kind,
        long number,
        long start90k,
        long discontinuitySequence,
        long utcMs,
        List<SampleClock> audio,
        List<SegmentHash> hashes)
        implements MediaEvent {
    public Mark {
        audio = List.copyOf(audio);
        hashes = List.copyOf(hashes);
    }

    public enum Kind {
        /** A segment begins and the media runs on. */
        CUT,
        /** A segment begins and timestamps, tracks or their configuration start anew. */
        DISCONTINUITY,
        /** The stream ends; the open segment is complete. */
        END
    }

    /** The sample index of the next frame of an audio track, counted on the timeline at the track's sample rate. */
    public record SampleClock(int trackId, long nextSample) {}

    /** SHA-256 of the bytes of segment {@code number} in a format. */
    public record SegmentHash(String format, long number, Bytes sha256) {}

    public boolean isDiscontinuity() {
        return kind == Kind.DISCONTINUITY;
    }

    /** Whether a segment begins here. */
    public boolean beginsSegment() {
        return kind != Kind.END;
    }
}
