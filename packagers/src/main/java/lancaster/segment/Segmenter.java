package lancaster.segment;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;
import org.jspecify.annotations.Nullable;

/**
 * Divides a stream into segments where its marks say so, and decides nothing. Owned by the packaging loop.
 *
 * <p>A first segment that was joined in its middle is passed over: its number belongs to bytes that can't be made here.
 * From then on every mark begins a segment, even where its access units are missing, for numbers can't skip.
 */
public final class Segmenter {
    /** A segment that has begun. */
    private record Open(TrackSet tracks, SegmentExtent extent) {}

    private final List<? extends SegmentSink> sinks;
    private final Map<Integer, Track> configured = new TreeMap<>();
    private TrackSet tracks = new TrackSet(0, List.of());
    private boolean started;
    /** The mark of the segment that begins with the next access unit. */
    private @Nullable Mark announced;

    private @Nullable Open open;
    private long unitsPassedOver;

    public Segmenter(List<? extends SegmentSink> sinks) {
        this.sinks = List.copyOf(sinks);
    }

    public void onEvent(MediaEvent event) {
        if (event instanceof AccessUnit unit) {
            onAccessUnit(unit);
        } else if (event instanceof Mark mark) {
            onMark(mark);
        } else if (event instanceof TrackConfigured change) {
            configured.put(change.track().id(), change.track());
        } else if (event instanceof TrackRemoved removed) {
            configured.remove(removed.trackId());
        }
    }

    /** Access units are missing in this place. */
    public void onGap() {
        beginAnnounced(OptionalLong.empty());
        if (open != null) {
            sinks.forEach(SegmentSink::lose);
        }
    }

    /** Access units that no segment took: before the first one, and of tracks that their segment began without. */
    public long unitsPassedOver() {
        return unitsPassedOver;
    }

    private void onMark(Mark mark) {
        if (announced != null) {
            onGap();
        }
        if (mark.kind() == Mark.Kind.CUT) {
            announced = mark;
            return;
        }
        end(mark, OptionalLong.empty());
        if (mark.beginsSegment()) {
            announced = mark;
        } else {
            sinks.forEach(SegmentSink::close);
        }
    }

    private void onAccessUnit(AccessUnit unit) {
        if (announced != null) {
            started |= unit.dts90k() == announced.start90k();
            boolean video = unit.trackId() < Track.AUDIO;
            beginAnnounced(video ? OptionalLong.of(unit.dts90k()) : OptionalLong.empty());
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

    private void beginAnnounced(OptionalLong firstVideo90k) {
        Mark mark = announced;
        announced = null;
        if (mark == null || !started) {
            return;
        }
        end(mark, firstVideo90k);
        List<Track> now = List.copyOf(configured.values());
        if (!now.equals(tracks.tracks())) {
            tracks = new TrackSet(mark.number(), now);
        }
        open = new Open(tracks, new SegmentExtent(mark.start90k(), mark.record().targetDurationS()));
        sinks.forEach(sink -> sink.begin(mark, tracks));
    }

    /** Ends the open segment, if there is one, where {@code next} says. */
    private void end(Mark next, OptionalLong nextVideo90k) {
        if (open == null) {
            return;
        }
        SegmentExtent extent = open.extent();
        open = null;
        SegmentEnd end = new SegmentEnd(
                next.kind() == Mark.Kind.CUT ? next.start90k() : extent.end90k(),
                nextVideo90k,
                extent.videoFrames(),
                next.record().independentSegments());
        sinks.forEach(sink -> sink.end(end));
    }
}
