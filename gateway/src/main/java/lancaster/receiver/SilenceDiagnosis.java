package lancaster.receiver;

import java.time.Duration;
import java.time.Instant;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.ReceiverSettings;
import lancaster.receiver.Silence.Cause;

/** Says why nothing may come, from what is known. */
final class SilenceDiagnosis {
    /**
     * Snooping switches forget who joined after 260 s without a query (RFC 3376 §8.4); some are set to less, and the last
     * report may be some time before.
     */
    private static final Duration SHORTEST_MEMORY = Duration.ofMinutes(2);

    private static final Duration LONGEST_MEMORY = Duration.ofSeconds(330);
    private static final int IGMP_WITH_SOURCES = 3;

    /**
     * What came by one way.
     *
     * @param ever whether anything came
     * @param ran how long after the join the last datagram came
     * @param silent how long nothing has come
     * @param forgotten how often datagrams came back when the group was joined anew
     */
    record Way(ReceiverSettings settings, boolean ever, Duration ran, Duration silent, long forgotten) {}

    private SilenceDiagnosis() {}

    static Silence of(Way way, NetworkFacts network, Instant now) {
        Cause cause = cause(way, network);
        return new Silence(
                cause, what(way.settings()), now.minus(way.silent()), way.silent(), check(cause, way, network));
    }

    private static Cause cause(Way way, NetworkFacts network) {
        boolean multicast = way.settings().networkInterface().isPresent();
        boolean sourceSpecific = multicast && way.settings().source().isPresent();
        boolean old = network.igmpVersion().orElse(IGMP_WITH_SOURCES) < IGMP_WITH_SOURCES;
        if (!network.interfaceThere()) {
            return Cause.INTERFACE_GONE;
        } else if (!network.interfaceUp()) {
            return Cause.INTERFACE_DOWN;
        } else if (!network.otherSenders().isEmpty()) {
            return Cause.OTHER_SENDER;
        } else if (!network.reversePathInterface().isEmpty()) {
            return Cause.REVERSE_PATH;
        } else if (sourceSpecific && old) {
            return Cause.OLD_QUERIER;
        } else if (multicast && way.ever() && (way.forgotten() > 0 || isForgotten(way.ran()))) {
            return Cause.NO_QUERIER;
        }
        return way.ever() ? Cause.STOPPED : Cause.NEVER;
    }

    private static boolean isForgotten(Duration ran) {
        return ran.compareTo(SHORTEST_MEMORY) >= 0 && ran.compareTo(LONGEST_MEMORY) <= 0;
    }

    private static String what(ReceiverSettings settings) {
        String where = IpLiteral.text(
                settings.address().getAddress(), settings.address().getPort());
        String from =
                settings.source().map(one -> " from " + IpLiteral.text(one)).orElse("");
        return settings.networkInterface()
                .map(nif -> "nothing came" + from + " for " + where + " on " + nif.getName())
                .orElse("nothing came" + from + " to " + where);
    }

    private static String check(Cause cause, Way way, NetworkFacts network) {
        ReceiverSettings settings = way.settings();
        String nif = settings.networkInterface().map(one -> one.getName()).orElse("");
        return switch (cause) {
            case INTERFACE_GONE -> "the interface " + nif + ", which has vanished";
            case INTERFACE_DOWN -> "the interface " + nif + ", which is down or has no link: cable, switch port";
            case OTHER_SENDER ->
                "the sender's address: what is sent there comes from " + String.join(", ", network.otherSenders());
            case REVERSE_PATH ->
                "routes and net.ipv4.conf." + nif + ".rp_filter: this box reaches the sender by "
                        + network.reversePathInterface() + " and drops what comes from it by " + nif;
            case OLD_QUERIER ->
                "the IGMP querier on " + nif + ": it speaks version "
                        + network.igmpVersion().orElse(2)
                        + ", so that this box can't ask for a sender; set it to version 3"
                        + " there and in net.ipv4.conf." + nif
                        + ".force_igmp_version, or use a group outside 232.0.0.0/8"
                        + " without naming a sender";
            case NO_QUERIER ->
                "that an IGMP querier is on this network (a switch with snooping and without a querier"
                        + " forgets who joined; this came " + way.ran().toSeconds() + " s after joining"
                        + (way.forgotten() > 0 ? ", and joining again has helped " + way.forgotten() + " times" : "")
                        + "); the sender";
            case STOPPED ->
                "that the sender still runs and sends there"
                        + (nif.isEmpty() ? "" : ", then what lies between: `lancaster doctor` on both ends tells more");
            case NEVER -> never(settings, nif);
        };
    }

    private static String never(ReceiverSettings settings, String nif) {
        if (nif.isEmpty()) {
            return "that the sender sends to this address and port; a firewall on this box";
        }
        String source = settings.source().isPresent() ? " from this address" : "";
        return "that the sender sends" + source + " to this group and port with a TTL that reaches here; that " + nif
                + " is the interface towards it; snooping and routing of multicast between (`lancaster doctor`); a"
                + " firewall on this box";
    }
}
