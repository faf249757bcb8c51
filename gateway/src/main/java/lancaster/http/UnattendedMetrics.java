package lancaster.http;

import static lancaster.http.Metric.MS_A_SECOND;

import java.util.List;
import lancaster.pull.PullStats;
import lancaster.republish.TargetStats;

/** What is said of streams that are sent on, by {@code stream} and {@code target}, and of those that are fetched. */
final class UnattendedMetrics {
    static final List<Metric<TargetStats>> TARGET = List.of(
            new Metric<>(
                    "lancaster_republish_publishing",
                    "1 while the server takes the stream",
                    stats -> Metric.bit(stats.state() == TargetStats.State.PUBLISHING)),
            new Metric<>("lancaster_republish_attempts_total", "Connections that were tried", TargetStats::attempts),
            new Metric<>(
                    "lancaster_republish_publications_total",
                    "Connections that the server consented to",
                    TargetStats::publications),
            new Metric<>("lancaster_republish_bytes_total", "Bytes given to the socket", stats -> stats.counters()
                    .sentBytes()),
            new Metric<>("lancaster_republish_queued_bytes", "What waits for the server", stats -> stats.counters()
                    .queuedBytes()),
            new Metric<>(
                    "lancaster_republish_cuts_total",
                    "Times when what waited was thrown away up to a random access point",
                    stats -> stats.counters().cuts()),
            new Metric<>(
                    "lancaster_republish_dropped_messages_total",
                    "Messages thrown away by that",
                    stats -> stats.counters().droppedMessages()));

    static final List<Metric<PullStats>> PULL = List.of(
            new Metric<>(
                    "lancaster_pull_live",
                    "1 while media come",
                    stats -> Metric.bit(stats.state() == PullStats.State.LIVE)),
            new Metric<>("lancaster_pull_attempts_total", "Connections that were tried", PullStats::attempts),
            new Metric<>("lancaster_pull_successes_total", "Connections that gave media", PullStats::successes),
            new Metric<>("lancaster_pull_access_units_total", "Access units that came", PullStats::accessUnits),
            new Metric<>("lancaster_pull_bytes_total", "Bytes of them", PullStats::bytes),
            new Metric<>(
                    "lancaster_pull_buffered_seconds",
                    "Media that is there and not yet due",
                    stats -> stats.bufferedMs() / MS_A_SECOND),
            new Metric<>(
                    "lancaster_pull_interruptions_total",
                    "Times when what should have been there was not",
                    PullStats::interruptions));

    private UnattendedMetrics() {}
}
