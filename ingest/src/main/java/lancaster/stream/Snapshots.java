package lancaster.stream;

import java.util.List;
import lancaster.media.TimelineRecord;
import lancaster.stream.StreamStats.TimelineStats;
import lancaster.stream.StreamStats.TrackStats;
import org.jspecify.annotations.Nullable;

/** Copies the counters of a stream's parts. */
final class Snapshots {
    private Snapshots() {}

    /** @param timeline null before the timeline's file is open */
    static TimelineStats timeline(
            TimelineRecord record, @Nullable Timeline timeline, long publisherChanges, long journalFaults) {
        if (timeline == null) {
            return new TimelineStats(record, 0, 0, 0, false, 0, publisherChanges, 0, 0, journalFaults);
        }
        TimelineHead head = timeline.head();
        return new TimelineStats(
                record,
                Math.max(0, head.nextNumber() - (head.begun() ? 1 : 0)),
                head.last90k(),
                head.discontinuitySequence(),
                timeline.isFollowing(),
                head.discontinuities(),
                publisherChanges,
                timeline.cutsWithoutRandomAccess(),
                timeline.refusedMarks(),
                journalFaults);
    }

    static List<TrackStats> tracks(Timeline timeline, long nowNs) {
        return timeline.tracks().stream()
                .filter(track -> track.present)
                .map(track -> track(track, nowNs))
                .toList();
    }

    private static TrackStats track(InputTrack track, long nowNs) {
        TrackMeter meter = track.meter;
        return new TrackStats(
                track.id,
                track.wanted.config().codecName(),
                meter.units(),
                meter.bytes(),
                meter.bitsPerSecond(),
                meter.averageBitsPerSecond(),
                meter.framesPerSecond(),
                meter.ageMs(nowNs),
                meter.gop(),
                track.clock.jumps(),
                track.clock.lifted(),
                meter.dropped(),
                track.inserted(),
                track.removed());
    }
}
