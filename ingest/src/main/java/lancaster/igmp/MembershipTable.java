package lancaster.igmp;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The memberships of every host on a link, by its own word: what RFC 3376 §6 keeps for a group, kept for each host of
 * it, which tells how many there are. A membership that nobody confirms ends after the group membership interval (§8.4),
 * which follows what the querier says of itself.
 */
public final class MembershipTable {
    /** Hosts of all groups together. */
    public static final int MAX_MEMBERSHIPS = 20_000;

    private static final long NS_PER_MS = 1_000_000;
    private static final long NS_PER_SECOND = 1_000_000_000;
    private static final int ROBUSTNESS = 2;
    private static final int QUERY_INTERVAL_S = 125;
    private static final long RESPONSE_MS = 10_000;
    /** Groups and hosts that have expired needn't go at once: what asks for them looks at the time. */
    private static final long SWEEP_NS = NS_PER_SECOND;

    private final Map<InetAddress, Map<InetAddress, Membership>> groups = new LinkedHashMap<>();
    private int memberships;
    private long dropped;
    private long igmpLifetimeNs = lifetimeNs(ROBUSTNESS, QUERY_INTERVAL_S, RESPONSE_MS);
    private long mldLifetimeNs = igmpLifetimeNs;
    private long sweepNs = Long.MIN_VALUE;

    public void onMessage(HeardMessage heard, long nowNs) {
        if (nowNs - sweepNs > SWEEP_NS || sweepNs == Long.MIN_VALUE) {
            sweepNs = nowNs;
            sweep(nowNs);
        }
        if (heard.message() instanceof MembershipQuery query) {
            onQuery(query);
        } else if (heard.message() instanceof MembershipReport report) {
            for (GroupRecord told : report.records()) {
                onRecord(heard.from(), report, told, nowNs);
            }
        }
    }

    /** Memberships that were not kept since the table was full: {@link #joins} may be too low. */
    public long dropped() {
        return dropped;
    }

    /** The groups that somebody receives. */
    public Set<InetAddress> groups(long nowNs) {
        sweep(nowNs);
        return Set.copyOf(groups.keySet());
    }

    /** The sources that somebody asks for by name, with how many ask for each; those who take any aren't in it. */
    public Map<InetAddress, Integer> sources(InetAddress group, long nowNs) {
        Map<InetAddress, Integer> sources =
                new TreeMap<>((a, b) -> a.getHostAddress().compareTo(b.getHostAddress()));
        for (Membership member : members(group)) {
            member.included(nowNs).forEach(source -> sources.merge(source, 1, Integer::sum));
        }
        return sources;
    }

    /** How many hosts receive {@code group}: of {@code source}, or of any source where none is given. */
    public Joins joins(InetAddress group, Optional<InetAddress> source, long nowNs) {
        int hosts = 0;
        boolean atLeast = dropped > 0;
        for (Membership member : members(group)) {
            if (source.map(address -> member.receives(address, nowNs)).orElseGet(() -> member.isAlive(nowNs))) {
                hosts++;
                atLeast |= member.standsForMore();
            }
        }
        return new Joins(hosts, atLeast);
    }

    private Collection<Membership> members(InetAddress group) {
        return groups.getOrDefault(group, Map.of()).values();
    }

    private void onQuery(MembershipQuery query) {
        if (!query.isGeneral()) {
            return;
        }
        long lifetimeNs = lifetimeNs(
                query.robustness() == 0 ? ROBUSTNESS : query.robustness(),
                query.queryIntervalS() == 0 ? QUERY_INTERVAL_S : query.queryIntervalS(),
                query.maxResponseMs());
        if (query.protocol() == GroupProtocol.IGMP) {
            igmpLifetimeNs = lifetimeNs;
        } else {
            mldLifetimeNs = lifetimeNs;
        }
    }

    private void onRecord(InetAddress host, MembershipReport report, GroupRecord told, long nowNs) {
        Map<InetAddress, Membership> members = groups.get(told.group());
        Membership member = members == null ? null : members.get(host);
        if (member == null) {
            if (endsMembership(told)) {
                return;
            }
            if (memberships >= MAX_MEMBERSHIPS) {
                dropped++;
                return;
            }
            memberships++;
            member = new Membership();
            groups.computeIfAbsent(told.group(), group -> new LinkedHashMap<>()).put(host, member);
        }
        boolean standsForMore =
                report.version() < report.protocol().sourceSpecificVersion() || host.isAnyLocalAddress();
        long lifetimeNs = report.protocol() == GroupProtocol.IGMP ? igmpLifetimeNs : mldLifetimeNs;
        member.onRecord(told, standsForMore, nowNs + lifetimeNs);
        if (!member.isAlive(nowNs)) {
            remove(told.group(), host);
        }
    }

    /** Whether the record says nothing of a host that isn't a member. */
    private static boolean endsMembership(GroupRecord told) {
        return switch (told.type()) {
            case MODE_IS_INCLUDE, CHANGE_TO_INCLUDE_MODE, ALLOW_NEW_SOURCES ->
                told.sources().isEmpty();
            case BLOCK_OLD_SOURCES -> true;
            case MODE_IS_EXCLUDE, CHANGE_TO_EXCLUDE_MODE -> false;
        };
    }

    private void remove(InetAddress group, InetAddress host) {
        Map<InetAddress, Membership> members = groups.get(group);
        if (members != null && members.remove(host) != null) {
            memberships--;
            if (members.isEmpty()) {
                groups.remove(group);
            }
        }
    }

    private void sweep(long nowNs) {
        for (Iterator<Map<InetAddress, Membership>> all = groups.values().iterator(); all.hasNext(); ) {
            Map<InetAddress, Membership> members = all.next();
            int before = members.size();
            members.values().removeIf(member -> !member.isAlive(nowNs));
            memberships -= before - members.size();
            if (members.isEmpty()) {
                all.remove();
            }
        }
    }

    private static long lifetimeNs(int robustness, int queryIntervalS, long maxResponseMs) {
        return NS_PER_SECOND * robustness * queryIntervalS + maxResponseMs * NS_PER_MS;
    }
}
