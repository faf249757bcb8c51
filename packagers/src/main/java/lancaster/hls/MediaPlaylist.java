package lancaster.hls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.segment.Segment;
import lancaster.segment.SegmentFormat;
import lancaster.segment.SegmentWindow;

/**
 * A media playlist (§4.4.3, §4.4.4).
 *
 * @param version EXT-X-VERSION: the lowest that its tags need (§8)
 */
record MediaPlaylist(
        int version,
        int targetDurationS,
        long mediaSequence,
        long discontinuitySequence,
        boolean independentSegments,
        List<Entry> entries,
        boolean ended) {
    /** Fractions in EXTINF need 3, EXT-X-MAP needs 6. */
    private static final int TS_VERSION = 3;

    private static final int FMP4_VERSION = 6;

    /**
     * A segment.
     *
     * @param map URI of the initialization segment, where its EXT-X-MAP stands before this segment
     */
    record Entry(String uri, long duration90k, long utcMs, boolean discontinuity, boolean gap, Optional<String> map) {}

    MediaPlaylist {
        entries = List.copyOf(entries);
    }

    /** The list of a window, with URIs relative to the folder of the format. */
    static MediaPlaylist of(SegmentWindow window, SegmentFormat format, int targetDurationS) {
        List<Entry> entries = new ArrayList<>();
        long mapped = -1;
        for (Segment segment : window.segments()) {
            Optional<String> map = Optional.empty();
            long init = segment.tracks().firstSegment();
            // Repeated behind a discontinuity, where some players forget the one in force.
            if (format == SegmentFormat.FMP4 && (init != mapped || segment.discontinuity())) {
                map = Optional.of("init-" + init + ".mp4");
                mapped = init;
            }
            entries.add(new Entry(
                    segment.number() + "." + format.extension(),
                    segment.duration90k(),
                    segment.utcMs(),
                    segment.discontinuity(),
                    segment.gap(),
                    map));
        }
        return new MediaPlaylist(
                format == SegmentFormat.TS ? TS_VERSION : FMP4_VERSION,
                targetDurationS,
                window.mediaSequence(),
                window.discontinuitySequence(),
                window.independent(),
                entries,
                window.ended());
    }
}
