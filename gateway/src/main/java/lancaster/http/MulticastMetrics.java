package lancaster.http;

import static lancaster.http.Metric.NS_A_SECOND;

import java.util.List;
import java.util.function.ToDoubleFunction;
import lancaster.departure.DepartureStats;
import lancaster.output.MulticastOutputStats;
import lancaster.receiver.ReceptionStats;
import lancaster.rtp.ViewerStats;

/** What is said of each stream that leaves or comes by multicast. All by {@code stream}. */
final class MulticastMetrics {
    static final List<Metric<MulticastOutputStats>> OUTPUT = List.of(
            new Metric<>(
                    "lancaster_multicast_sending",
                    "1 while it leaves",
                    stats -> Metric.bit(stats.state() == MulticastOutputStats.State.SENDING)),
            new Metric<>(
                    "lancaster_multicast_retrying",
                    "1 while sending fails and is tried again",
                    stats -> Metric.bit(stats.state() == MulticastOutputStats.State.RETRYING)),
            new Metric<>(
                    "lancaster_multicast_datagrams_total", "Datagrams of media, on one way", stats -> stats.counters()
                            .datagrams()),
            new Metric<>("lancaster_multicast_bytes_total", "Bytes of them", stats -> stats.counters()
                    .bytes()),
            new Metric<>(
                    "lancaster_multicast_parity_datagrams_total",
                    "Datagrams of error correction",
                    stats -> stats.counters().parityDatagrams()),
            new Metric<>(
                    "lancaster_multicast_failed_datagrams_total",
                    "Datagrams that did not leave",
                    stats -> stats.counters().failedDatagrams()),
            new Metric<>("lancaster_multicast_restarts_total", "Starts after a failure", stats -> stats.counters()
                    .restarts()),
            new Metric<>(
                    "lancaster_multicast_clock_steps_total",
                    "Jumps of the clock that receivers follow",
                    departure(known -> known.lateSteps() + known.earlySteps())),
            new Metric<>(
                    "lancaster_multicast_cuts_total",
                    "Times when what waited was thrown away up to a random access point",
                    departure(DepartureStats::cuts)),
            new Metric<>(
                    "lancaster_multicast_dropped_access_units_total",
                    "Access units thrown away by that",
                    departure(DepartureStats::droppedAccessUnits)),
            new Metric<>(
                    "lancaster_multicast_input_delay_seconds",
                    "How much later than the least delayed the last access unit came",
                    departure(known -> known.delayNs() / NS_A_SECOND)),
            new Metric<>(
                    "lancaster_multicast_lateness_seconds",
                    "How much later than planned datagrams leave, 99th percentile",
                    stats -> stats.lateness().p99Ns() / NS_A_SECOND),
            new Metric<>(
                    "lancaster_multicast_receivers",
                    "Receivers that reported lately; many never do",
                    viewers(ViewerStats::viewers)),
            new Metric<>(
                    "lancaster_multicast_losing_receivers",
                    "Those of them that lost packets",
                    viewers(ViewerStats::losing)),
            new Metric<>(
                    "lancaster_multicast_receiver_loss_ratio",
                    "What they lost on average, 0 to 1",
                    viewers(ViewerStats::averageFractionLost)));

    /** By {@code way} too. */
    static final List<Metric<MulticastOutputStats.Way>> WAY = List.of(new Metric<>(
            "lancaster_multicast_joins_heard",
            "Hosts of the link that were heard to join; absent where that isn't known, /api/v1/multicasts says why",
            way -> way.joins().joins().map(heard -> (double) heard.hosts()).orElse(Double.NaN)));

    static final List<Metric<ReceptionStats>> INPUT = List.of(
            new Metric<>(
                    "lancaster_receiver_live",
                    "1 while what is received is published",
                    stats -> Metric.bit(stats.live())),
            new Metric<>(
                    "lancaster_receiver_publications_total",
                    "How often it was published",
                    ReceptionStats::publications),
            new Metric<>(
                    "lancaster_receiver_datagrams_total",
                    "Datagrams that came, on all ways",
                    stats -> stats.ways().stream()
                            .mapToLong(ReceptionStats.Way::datagrams)
                            .sum()),
            new Metric<>("lancaster_receiver_silent_ways", "Ways on which nothing comes", stats -> stats.ways().stream()
                    .filter(way -> way.silence().isPresent())
                    .count()),
            new Metric<>(
                    "lancaster_receiver_kernel_drops_total",
                    "Datagrams for which the socket's buffer had no room",
                    stats -> stats.ways().stream()
                            .flatMap(way -> way.socket().stream())
                            .mapToLong(socket -> Math.max(0, socket.kernelDrops()))
                            .sum()),
            new Metric<>(
                    "lancaster_receiver_foreign_datagrams_total",
                    "Datagrams of other senders",
                    ReceptionStats::foreign),
            new Metric<>(
                    "lancaster_receiver_lost_packets_total",
                    "RTP packets missing in what was given on",
                    rtp(rtp -> rtp.order().lost())),
            new Metric<>(
                    "lancaster_receiver_repaired_packets_total",
                    "RTP packets made anew from parity",
                    rtp(rtp -> rtp.parity().recovered())),
            new Metric<>(
                    "lancaster_receiver_late_packets_total",
                    "RTP packets that came after they were given up",
                    rtp(rtp -> rtp.order().late())),
            new Metric<>(
                    "lancaster_receiver_lost_ts_packets_total",
                    "Packets of the transport stream that are missing, by their continuity counters",
                    stats -> stats.program()
                            .map(program -> (double) program.lostPackets())
                            .orElse(Double.NaN)));

    private MulticastMetrics() {}

    private static ToDoubleFunction<MulticastOutputStats> departure(ToDoubleFunction<DepartureStats> value) {
        return stats -> stats.departure().map(value::applyAsDouble).orElse(0.0);
    }

    private static ToDoubleFunction<MulticastOutputStats> viewers(ToDoubleFunction<ViewerStats> value) {
        return stats -> stats.viewers().map(value::applyAsDouble).orElse(Double.NaN);
    }

    private static ToDoubleFunction<ReceptionStats> rtp(ToDoubleFunction<ReceptionStats.Rtp> value) {
        return stats -> stats.rtp().map(value::applyAsDouble).orElse(Double.NaN);
    }
}
