package lancaster.output;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.departure.DepartureStats;
import lancaster.igmp.HeardJoins;
import lancaster.multicast.PacerStats.Lateness;
import lancaster.multicast.net.SenderStats;
import lancaster.output.MulticastOutputSettings.Leg;
import lancaster.rtp.ViewerStats;
import lancaster.stream.StreamPath;

/**
 * How a stream goes out as IP multicast, as of the last second or change.
 *
 * @param reason why it is in this state, for people
 * @param since when it came into this state
 * @param settings with the groups that the plan gave
 * @param warnings what is wrong with its addresses
 * @param ways each with its own counters; they begin anew where it starts anew
 * @param counters since the stream began
 * @param departure absent while nothing is sent
 * @param viewers what receivers report of it by RTCP, which many don't; absent while nothing is sent
 */
public record MulticastOutputStats(
        StreamPath path,
        State state,
        String reason,
        Instant since,
        MulticastOutputSettings settings,
        List<String> warnings,
        List<Way> ways,
        Counters counters,
        Lateness lateness,
        Optional<DepartureStats> departure,
        Optional<ViewerStats> viewers) {
    public MulticastOutputStats {
        warnings = List.copyOf(warnings);
        ways = List.copyOf(ways);
    }

    /** Whether datagrams leave, or will as soon as media come. */
    public boolean isOpen() {
        return state == State.WAITING || state == State.SENDING;
    }

    public enum State {
        /** All is ready; no interface is named, so nothing is sent. */
        PREPARED,
        /** Somebody stopped it. */
        STOPPED,
        /** Media are waited for. */
        WAITING,
        SENDING,
        /** Something failed; it is tried again. */
        RETRYING
    }

    /**
     * @param interfaceName as it is called now; empty while nothing is open
     * @param source where datagrams come from
     * @param joins other hosts of the link that were heard to join, by IGMP or MLD
     */
    public record Way(
            Leg leg,
            String interfaceName,
            Optional<InetAddress> source,
            SenderStats media,
            Optional<SenderStats> columns,
            Optional<SenderStats> rows,
            HeardJoins joins) {
        /** A way that is not open. */
        static Way closed(Leg leg) {
            SenderStats nothing = new SenderStats(0, 0, 0, Map.of());
            return new Way(
                    leg,
                    "",
                    leg.source(),
                    nothing,
                    Optional.empty(),
                    Optional.empty(),
                    HeardJoins.unknown("nothing is open"));
        }

        /** Datagrams of all kinds that did not leave. */
        public long failed() {
            return media.failed()
                    + columns.map(SenderStats::failed).orElse(0L)
                    + rows.map(SenderStats::failed).orElse(0L);
        }
    }

    /**
     * @param datagrams of media, on one way
     * @param bytes of them, without UDP and IP headers
     * @param bitsPerSecond of the last second, likewise
     * @param parityDatagrams of forward error correction
     * @param failedDatagrams of all kinds on all ways that did not leave
     * @param restarts after failures
     */
    public record Counters(
            long datagrams,
            long bytes,
            long bitsPerSecond,
            long parityDatagrams,
            long failedDatagrams,
            long restarts) {}
}
