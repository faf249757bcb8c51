package lancaster.http;

import static lancaster.http.Metric.MS_A_SECOND;

import java.util.List;
import java.util.Optional;
import lancaster.output.HdsOutput;
import lancaster.output.HlsOutput;
import lancaster.rtmp.play.PlayStats;
import lancaster.stream.StreamStats;
import lancaster.stream.StreamStats.GopStats;
import lancaster.stream.StreamStats.SubscriptionStats;
import lancaster.stream.StreamStats.TrackStats;

/** What is said of each live stream: the stream, its tracks, its outputs. */
final class StreamMetrics {
    /** By {@code stream}. */
    static final List<Metric<StreamStats>> STREAM = List.of(
            new Metric<>(
                    "lancaster_stream_publishing",
                    "1 while somebody publishes it, 0 while it waits",
                    stats -> Metric.bit(stats.publisher().isPresent())),
            new Metric<>("lancaster_stream_media_age_seconds", "Since the last media came", stats -> stats.publisher()
                    .map(publisher -> publisher.lastMediaAgeMs() / MS_A_SECOND)
                    .orElse(Double.NaN)),
            new Metric<>(
                    "lancaster_stream_av_drift_seconds",
                    "How much further video has gone than audio, by the encoder's clock",
                    stats -> stats.avDriftMs().isPresent() ? stats.avDriftMs().getAsLong() / MS_A_SECOND : Double.NaN),
            new Metric<>("lancaster_stream_discontinuities_total", "Breaks of the timeline", stats -> stats.timeline()
                    .discontinuities()),
            new Metric<>(
                    "lancaster_stream_publisher_changes_total", "Reconnects and takeovers", stats -> stats.timeline()
                            .publisherChanges()),
            new Metric<>(
                    "lancaster_stream_forced_cuts_total",
                    "Segments that had to begin without a random access point",
                    stats -> stats.timeline().cutsWithoutRandomAccess()),
            new Metric<>(
                    "lancaster_stream_journal_failures_total",
                    "Failed writes of its timeline to the disk",
                    stats -> stats.timeline().journalFaults()),
            new Metric<>(
                    "lancaster_stream_output_failures_total",
                    "Outputs that were closed because they failed",
                    StreamStats::failedOutputs));

    /** By {@code stream}. */
    static final List<Metric<HttpUse>> HTTP = List.of(
            new Metric<>("lancaster_stream_http_viewers", "Who asked for parts of it lately", HttpUse::viewers),
            new Metric<>("lancaster_stream_http_bytes_total", "Bytes of it that were sent over HTTP", HttpUse::bytes));

    /** By {@code stream}. */
    static final List<Metric<PlayStats>> PLAY = List.of(
            new Metric<>("lancaster_stream_rtmp_players", "Who plays it over RTMP", PlayStats::players),
            new Metric<>("lancaster_stream_rtmp_plays_total", "Who began to", PlayStats::plays),
            new Metric<>(
                    "lancaster_stream_rtmp_sent_bytes_total", "Bytes that players were sent", PlayStats::sentBytes),
            new Metric<>(
                    "lancaster_stream_rtmp_cuts_total",
                    "Times when a player was too slow and was cut back to a random access point",
                    PlayStats::cuts),
            new Metric<>(
                    "lancaster_stream_rtmp_dropped_messages_total",
                    "Messages that players missed by that",
                    PlayStats::droppedMessages),
            new Metric<>(
                    "lancaster_stream_rtmp_stalled_total",
                    "Players that were given up because they took nothing",
                    PlayStats::stalled));

    /** Of a stream. */
    record HttpUse(int viewers, long bytes) {}

    /** By {@code stream}, {@code track} and {@code kind}. */
    static final List<Metric<TrackStats>> TRACK = List.of(
            new Metric<>("lancaster_stream_input_bytes_total", "Media that came", TrackStats::bytes),
            new Metric<>(
                    "lancaster_stream_input_access_units_total", "Access units that came", TrackStats::accessUnits),
            new Metric<>(
                    "lancaster_stream_input_dropped_access_units_total",
                    "Access units left out: before their configuration or a random access point",
                    TrackStats::dropped),
            new Metric<>(
                    "lancaster_stream_input_timestamp_jumps_total",
                    "Steps of the encoder's clock that were taken out",
                    TrackStats::timestampJumps),
            new Metric<>(
                    "lancaster_stream_input_lifted_timestamps_total",
                    "Times that did not advance and were moved",
                    TrackStats::liftedTimestamps),
            new Metric<>(
                    "lancaster_stream_input_inserted_frames_total",
                    "Audio frames repeated to keep up with the encoder's clock",
                    TrackStats::framesInserted),
            new Metric<>(
                    "lancaster_stream_input_removed_frames_total",
                    "Audio frames left out for the same reason",
                    TrackStats::framesRemoved),
            new Metric<>(
                    "lancaster_stream_input_gop_seconds",
                    "The last group of pictures",
                    track -> seconds(track.gop(), GopStats::lastMs)),
            new Metric<>(
                    "lancaster_stream_input_gop_longest_seconds",
                    "The longest group of pictures",
                    track -> seconds(track.gop(), GopStats::longestMs)));

    /** By {@code stream} and {@code output}. */
    static final List<Metric<SubscriptionStats>> OUTPUT = List.of(
            new Metric<>("lancaster_stream_output_events_total", "What was given to it", SubscriptionStats::delivered),
            new Metric<>("lancaster_stream_output_queued_bytes", "What waits for it", SubscriptionStats::queuedBytes),
            new Metric<>(
                    "lancaster_stream_output_queued_seconds",
                    "How much stream waits for it",
                    output -> output.queuedMs() / MS_A_SECOND),
            new Metric<>(
                    "lancaster_stream_output_cuts_total",
                    "How often it was too slow and was cut back to a random access point",
                    SubscriptionStats::cuts),
            new Metric<>(
                    "lancaster_stream_output_dropped_access_units_total",
                    "Access units that it missed by that",
                    SubscriptionStats::gapAccessUnits),
            new Metric<>(
                    "lancaster_stream_output_dropped_bytes_total",
                    "Bytes that it missed by that",
                    SubscriptionStats::gapBytes));

    /** By {@code stream}. */
    static final List<Metric<HlsOutput>> HLS = List.of(
            new Metric<>(
                    "lancaster_hls_listed",
                    "1 while players find segments of it",
                    output -> Metric.bit(output.feed().listed())),
            new Metric<>("lancaster_hls_restarts_total", "Starts after a failure", HlsOutput::restarts));

    static final List<Metric<HdsOutput>> HDS = List.of(
            new Metric<>(
                    "lancaster_hds_listed",
                    "1 while players of HDS find something of the stream",
                    hds -> Metric.bit(hds.feed().listed())),
            new Metric<>("lancaster_hds_gaps_total", "Fragments that could not be made", hds -> hds.feed()
                    .stats()
                    .gaps()),
            new Metric<>("lancaster_hds_restarts_total", "Starts after a failure", HdsOutput::restarts));

    private StreamMetrics() {}

    private interface Duration {
        long ms(GopStats gop);
    }

    private static double seconds(Optional<GopStats> gop, Duration duration) {
        return gop.map(known -> duration.ms(known) / MS_A_SECOND).orElse(Double.NaN);
    }
}
