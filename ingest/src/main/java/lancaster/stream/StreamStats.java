package lancaster.stream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import lancaster.media.TimelineRecord;

/**
 * How a stream does, as of the last second.
 *
 * @param since when the stream began on this box
 * @param waitingForEncoderSince set while no publisher is there
 * @param avDriftMs how much further the encoder's clock, by which video runs, has gone than its audio samples since
 *     they were anchored; absent without both
 * @param failedOutputs subscriptions that were closed because their output failed
 */
public record StreamStats(
        StreamPath path,
        Instant since,
        Optional<PublisherStats> publisher,
        Optional<Instant> waitingForEncoderSince,
        TimelineStats timeline,
        List<TrackStats> tracks,
        OptionalLong avDriftMs,
        List<SubscriptionStats> subscriptions,
        long failedOutputs) {
    public StreamStats {
        tracks = List.copyOf(tracks);
        subscriptions = List.copyOf(subscriptions);
    }

    /**
     * @param lastMediaAgeMs how long ago its last access unit came
     * @param lostAccessUnits what the queue between its loop and the stream's had to throw away
     */
    public record PublisherStats(PublisherInfo info, Instant since, long lastMediaAgeMs, long lostAccessUnits) {}

    /**
     * @param segmentNumber the open segment
     * @param dts90k the last decoding time
     * @param discontinuitySequence discontinuities of the whole timeline
     * @param following whether another Lancaster's marks are obeyed
     * @param discontinuities marks of that kind on this box
     * @param publisherChanges how often another publisher or connection took over
     * @param cutsWithoutRandomAccess segments that had to begin elsewhere because the group of pictures was too long
     * @param refusedMarks marks of a followed publisher that were malformed or went back
     * @param journalFaults failed writes of the timeline's file
     */
    public record TimelineStats(
            TimelineRecord record,
            long segmentNumber,
            long dts90k,
            long discontinuitySequence,
            boolean following,
            long discontinuities,
            long publisherChanges,
            long cutsWithoutRandomAccess,
            long refusedMarks,
            long journalFaults) {}

    /**
     * @param codec for people
     * @param bitsPerSecond of the last second
     * @param averageBitsPerSecond of the last ten seconds
     * @param framesPerSecond of the last ten seconds, by arrival
     * @param gop video only, once a group of pictures is complete
     * @param timestampJumps steps of the encoder's clock that were taken out
     * @param liftedTimestamps times that did not advance and were moved
     * @param dropped access units left out: before their configuration, before a random access point
     * @param framesInserted audio frames repeated to keep up with the encoder's clock
     * @param framesRemoved audio frames left out for the same reason
     */
    public record TrackStats(
            int trackId,
            String codec,
            long accessUnits,
            long bytes,
            long bitsPerSecond,
            long averageBitsPerSecond,
            double framesPerSecond,
            long lastAccessUnitAgeMs,
            Optional<GopStats> gop,
            long timestampJumps,
            long liftedTimestamps,
            long dropped,
            long framesInserted,
            long framesRemoved) {}

    /** Groups of pictures: the last complete one, and the longest since the stream began. */
    public record GopStats(int lastFrames, long lastMs, int longestFrames, long longestMs) {}

    /**
     * @param cuts how often the queue overflowed
     * @param gapAccessUnits access units thrown away by that
     */
    public record SubscriptionStats(
            String name,
            int queuedEvents,
            long queuedBytes,
            long queuedMs,
            long delivered,
            long cuts,
            long gapAccessUnits,
            long gapBytes) {}
}
