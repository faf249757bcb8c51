package lancaster.igmp;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What can be said of the members of a link by one who hears what they report. Silence says nothing: switches that snoop
 * give reports to routers alone (RFC 4541 §2.1.1), and hosts repeat them only where a querier asks.
 */
public final class LinkMembers {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long NS_PER_SECOND = 1_000_000_000;
    /** Who hears no report for a membership interval (RFC 3376 §8.4) doesn't hear who is there. */
    private static final long DEAF_NS = 260 * NS_PER_SECOND;
    /** Hosts have answered a query by then (§8.3). */
    private static final long ANSWERED_NS = 10 * NS_PER_SECOND;
    /** Nobody asks any more when the last query is so old (§8.5). */
    private static final long QUERIER_GONE_NS = 255 * NS_PER_SECOND;

    private final MembershipTable table = new MembershipTable();
    private final Queriers queriers = new Queriers();
    /** When any host was heard last. */
    private final Map<GroupProtocol, Long> lastNs = new EnumMap<>(GroupProtocol.class);
    /** Groups that somebody wants to know about, with when they were reported last. */
    private final Map<InetAddress, Long> watched = new HashMap<>();

    /** From now on it is known when {@code group} was reported last. */
    public void watch(InetAddress group) {
        watched.putIfAbsent(group, NEVER);
    }

    public void onMessage(HeardMessage message, long nowNs) {
        table.onMessage(message, nowNs);
        queriers.onMessage(message, nowNs);
        if (message.message() instanceof MembershipReport report) {
            lastNs.put(report.protocol(), nowNs);
            report.records().forEach(told -> watched.computeIfPresent(told.group(), (group, before) -> nowNs));
        }
    }

    /** Who receives {@code group}: of {@code source}, or of any where none is given. */
    public HeardJoins joins(InetAddress group, Optional<InetAddress> source, long nowNs) {
        GroupProtocol protocol = GroupProtocol.of(group);
        Long heardNs = lastNs.get(protocol);
        if (heardNs == null || nowNs - heardNs >= DEAF_NS) {
            return HeardJoins.unknown("no " + protocol
                    + " report of any host comes in: nobody joins any group, or a switch with snooping keeps reports"
                    + " from this port");
        }
        Joins joins = table.joins(group, source, nowNs);
        long reportedNs = watched.getOrDefault(group, NEVER);
        return new HeardJoins(
                Optional.of(new Joins(joins.hosts(), joins.atLeast() || !isAsked(protocol, nowNs))),
                reportedNs == NEVER ? Optional.empty() : Optional.of(nowNs - reportedNs),
                "");
    }

    /** Whether those have answered too who joined before we listened, and answer ever again. */
    private boolean isAsked(GroupProtocol protocol, long nowNs) {
        return queriers.of(protocol).stream()
                .anyMatch(querier ->
                        nowNs - querier.firstNs() >= ANSWERED_NS && nowNs - querier.lastNs() < QUERIER_GONE_NS);
    }
}
