package lancaster.segment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.jspecify.annotations.Nullable;

/**
 * Divides a stream into segments where its marks say so, and decides nothing. Owned by the packaging loop.
 *
 * <p>A segment that was joined in its middle is passed over: its number belongs to bytes that can't be made here.
 * Access units before the first mark and those of tracks that appeared behind their segment's mark are passed over too.
 */
public final class Segmenter {
    /** A segment that has begun. */
    private record Open(TrackSet tracks, SegmentExtent extent) {}

    private final List<? extends SegmentSink> sinks;
    private final Map<Integer, Track> configured = new TreeMap<>();
    private TrackSet tracks = new TrackSet(0, List.of());
    /** The mark of the segment that begins with the next access unit. */
    private @Nullable Mark announced;

    private @Nullable Open open;
    private long unitsPassedOver;

    Segmenter(List<? extends SegmentSink> sinks) {
        this.sinks = sinks;
    }

    public void onEvent(MediaEvent event) {
        if (event instanceof AccessUnit unit) {
            onAccessUnit(unit);
        } else if (event instanceof Mark mark) {
            onMark(mark);
        } else if (event instanceof TrackConfigured change) {
            configured.put(change.track().id(), change.track());
        }
    }

    /** Access units that no segment took. */
    public long unitsPassedOver() {
        return unitsPassedOver;
    }

    private void onMark(Mark mark) {
        if (open != null) {
            boolean runsOn = mark.kind() == Mark.Kind.CUT;
            SegmentEnd end = new SegmentEnd(
                    runsOn ? mark.start90k() : open.extent().end90k(),
                    runsOn,
                    open.extent().videoFrames(),
                    mark.record().independentSegments());
            open = null;
            sinks.forEach(sink -> sink.end(end));
        }
        announced = mark.beginsSegment() ? mark : null;
        if (mark.kind() == Mark.Kind.END) {
            sinks.forEach(SegmentSink::close);
        }
    }

    private void onAccessUnit(AccessUnit unit) {
        if (announced != null) {
            Mark mark = announced;
            announced = null;
            begin(mark, unit);
        }
        if (open == null || !open.tracks().contains(unit.trackId())) {
            unitsPassedOver++;
            return;
        }
        open.extent().add(unit);
        for (SegmentSink sink : sinks) {
            sink.write(unit);
        }
    }

    private void begin(Mark mark, AccessUnit first) {
        if (first.dts90k() != mark.start90k()) {
            return;
        }
        List<Track> now = List.copyOf(configured.values());
        if (!now.equals(tracks.tracks())) {
            tracks = new TrackSet(mark.number(), now);
        }
        open = new Open(tracks, new SegmentExtent(mark.start90k()));
        sinks.forEach(sink -> sink.begin(mark, tracks));
    }
}
