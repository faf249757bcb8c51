package lancaster.http;

import static lancaster.http.Metric.NS_A_SECOND;

import java.util.List;
import lancaster.access.AccessStats;
import lancaster.multicast.PacerStats;
import lancaster.output.EndlessOutputs;
import lancaster.picture.Pictures;
import lancaster.rtmp.session.RtmpServerStats;
import lancaster.segment.SegmentStoreStats;

/** What is said of the box itself. */
final class BoxMetrics {
    static final List<Metric<Vitals>> BOX = List.of(
            new Metric<>("lancaster_segments_limit_bytes", "What all segments may take", Vitals::segmentLimitBytes));

    /** By {@code protocol}: of RTMP over TCP, TLS and RTMFP. */
    static final List<Metric<RtmpServerStats>> RTMP = List.of(
            new Metric<>("lancaster_rtmp_connections", "Connections that are open", RtmpServerStats::open),
            new Metric<>(
                    "lancaster_rtmp_accepted_connections_total",
                    "Connections that were accepted",
                    RtmpServerStats::accepted),
            new Metric<>(
                    "lancaster_rtmp_turned_away_total",
                    "Connections closed at once because there were too many",
                    RtmpServerStats::turnedAway),
            new Metric<>(
                    "lancaster_rtmp_publishes_total", "Publications that began", RtmpServerStats::publishesAccepted),
            new Metric<>(
                    "lancaster_rtmp_refused_publishes_total",
                    "Wishes to publish that were turned down",
                    RtmpServerStats::publishesRefused),
            new Metric<>(
                    "lancaster_rtmp_plays_total", "Wishes to play that were granted", RtmpServerStats::playsAccepted),
            new Metric<>(
                    "lancaster_rtmp_refused_plays_total",
                    "Wishes to play that were turned down, or waited in vain",
                    RtmpServerStats::playsRefused),
            new Metric<>(
                    "lancaster_rtmp_timeouts_total",
                    "Connections closed because nothing came in time",
                    stats -> stats.connectTimeouts() + stats.publishTimeouts() + stats.idleTimeouts()),
            new Metric<>(
                    "lancaster_rtmp_message_faults_total",
                    "Messages dropped for what was wrong with them",
                    stats -> stats.messageFaults().total()),
            new Metric<>(
                    "lancaster_rtmp_stream_faults_total",
                    "Publications ended for what they sent",
                    stats -> stats.streamFaults().total()),
            new Metric<>(
                    "lancaster_rtmp_connection_faults_total",
                    "Connections closed for what they sent",
                    stats -> stats.connectionFaults().total()),
            new Metric<>(
                    "lancaster_rtmp_failures_total",
                    "Connections closed for a mistake of ours",
                    RtmpServerStats::failures),
            new Metric<>("lancaster_rtmp_received_bytes_total", "Bytes that arrived", RtmpServerStats::receivedBytes));

    static final List<Metric<AccessStats>> ACCESS = List.of(
            new Metric<>(
                    "lancaster_access_wrong_keys_total",
                    "Attempts to publish with a wrong key",
                    AccessStats::wrongKeys),
            new Metric<>(
                    "lancaster_access_ignored_attempts_total",
                    "Attempts not looked at, because too many from their address had failed",
                    AccessStats::ignored));

    static final List<Metric<SegmentStoreStats>> SEGMENTS = List.of(
            new Metric<>("lancaster_segments", "Finished segments", SegmentStoreStats::files),
            new Metric<>("lancaster_segments_bytes", "What segments take", SegmentStoreStats::bytes),
            new Metric<>(
                    "lancaster_segments_evicted_total",
                    "Segments deleted before their time because there was no room",
                    SegmentStoreStats::evicted),
            new Metric<>(
                    "lancaster_segments_lost_total",
                    "Segments never finished because nothing more could be written",
                    SegmentStoreStats::lost));

    static final List<Metric<EndlessOutputs>> ENDLESS = List.of(
            new Metric<>("lancaster_endless_readers", "Who reads .flv and .ts", EndlessOutputs::readers),
            new Metric<>(
                    "lancaster_endless_cuts_total",
                    "Times when such a reader was cut back to the next random access point",
                    EndlessOutputs::cuts));

    static final List<Metric<Pictures>> PICTURES = List.of(
            new Metric<>("lancaster_pictures_decoded_total", "Pictures made for .jpg", Pictures::decoded),
            new Metric<>("lancaster_pictures_failed_total", "Pictures that could not be made", Pictures::failed));

    static final List<Metric<PacerStats>> PACING = List.of(new Metric<>(
            "lancaster_multicast_pacing_lateness_seconds",
            "How much later than planned datagrams of all streams leave, 99th percentile since the start",
            stats -> stats.lateness().p99Ns() / NS_A_SECOND));

    /** By {@code loop}. */
    static final List<Metric<Vitals.LoopState>> LOOP = List.of(
            new Metric<>(
                    "lancaster_loop_turning", "1 while the loop answers in time", loop -> Metric.bit(!loop.hangs())),
            new Metric<>(
                    "lancaster_loop_delay_seconds",
                    "How long a tick waited for its turn on the loop, the last time it was looked at",
                    loop -> loop.delayNs() / NS_A_SECOND));

    private BoxMetrics() {}
}
