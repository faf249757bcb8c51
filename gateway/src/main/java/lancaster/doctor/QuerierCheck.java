package lancaster.doctor;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lancaster.igmp.GroupProtocol;
import lancaster.igmp.HeardQuerier;
import lancaster.multicast.IpLiteral;

/**
 * Whether somebody asks who receives what. Where nobody does, switches that snoop forget after about four minutes who
 * joined, and the picture stops (RFC 4541 §2.1.1). General queries come every 125 s unless set otherwise (RFC 3376 §8.2).
 */
final class QuerierCheck implements Check {
    /** A listener that hears nothing for so long may say that nobody asks: an interval and the time of a query. */
    static final Duration ENOUGH = Duration.ofSeconds(130);

    private static final String CONSEQUENCE =
            "a switch that snoops forgets after about four minutes who joined, and the stream stops";

    @Override
    public List<Finding> findings(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        for (Link link : situation.checkedLinks()) {
            Optional<Heard> heard = situation.heard(link.name());
            if (heard.isEmpty() || link.loopback() || !link.up()) {
                continue;
            }
            if (link.hasIpv4()) {
                findings.add(finding(situation, link, heard.get(), GroupProtocol.IGMP));
            }
            if (link.hasIpv6()) {
                findings.add(finding(situation, link, heard.get(), GroupProtocol.MLD));
            }
        }
        return findings;
    }

    private static Finding finding(Situation situation, Link link, Heard heard, GroupProtocol protocol) {
        String check = protocol == GroupProtocol.IGMP ? "igmp-querier" : "mld-querier";
        List<HeardQuerier> queriers = heard.queriers(protocol);
        if (!queriers.isEmpty()) {
            return heardOne(check, link, heard, queriers);
        }
        Optional<String> inTables =
                protocol == GroupProtocol.IGMP ? igmpTable(situation, link) : mldCounter(situation, link);
        if (inTables.isPresent()) {
            return Finding.ok(check, link.name(), inTables.get() + " (from the kernel's tables)");
        }
        Finding silence = heard.packets()
                ? nobodyHeard(check, link, heard, protocol)
                : nothingKnown(check, link, heard, protocol);
        long ever = protocol == GroupProtocol.MLD ? situation.after().ipv6(link.name(), Counters.MLD_QUERIES_IN) : 0;
        return ever == 0
                ? silence
                : new Finding(
                        silence.verdict(),
                        check,
                        link.name(),
                        silence.message() + ". Since it was set up the interface received " + ever + " queries of MLD",
                        silence.fix());
    }

    private static Finding heardOne(String check, Link link, Heard heard, List<HeardQuerier> queriers) {
        String all = queriers.stream().map(QuerierCheck::text).collect(Collectors.joining(", "));
        List<HeardQuerier> persistent = queriers.stream()
                .filter(one -> one.queries() > 1 && !one.address().isAnyLocalAddress())
                .toList();
        if (persistent.size() > 1) {
            return Finding.warning(
                    check,
                    link.name(),
                    "several ask: " + all + "; the lowest address should be the only one (RFC 3376 §6.6.2)",
                    "see why the others don't hear it: a switch between them drops queries, or they speak other versions");
        }
        return Finding.ok(
                check, link.name(), "heard " + all + " in " + seconds(heard.listenedNs()) + " (from packets)");
    }

    private static String text(HeardQuerier querier) {
        String who = name(querier.address());
        String every = querier.queryIntervalS() == 0 ? "" : ", every " + querier.queryIntervalS() + " s as it says";
        return who + " (" + querier.protocol() + "v" + querier.version() + every + ")";
    }

    /** A switch may ask in nobody's name, so that it never wins over a router (RFC 4541 §2.1.1). */
    private static String name(InetAddress address) {
        return address.isAnyLocalAddress() ? "a switch without an address" : IpLiteral.text(address);
    }

    /** A version that isn't forced stands there only since a querier of it was heard. */
    private static Optional<String> igmpTable(Situation situation, Link link) {
        int version =
                situation.igmp().row(link.name()).map(IgmpTable.Row::version).orElse(0);
        boolean forced = situation.forced(GroupProtocol.IGMP, link.name()).isPresent();
        return !forced && (version == 1 || version == 2)
                ? Optional.of("a querier of IGMPv" + version + " was heard in the last minutes")
                : Optional.empty();
    }

    private static Optional<String> mldCounter(Situation situation, Link link) {
        long queries = situation.risen(link.name(), Counters.MLD_QUERIES_IN);
        Optional<Heard> heard = situation.heard(link.name());
        // Those that our own leave called forth say that somebody answers, not that he asks of his own accord.
        boolean ownDoing = heard.map(Heard::mldAnswered).orElse(false);
        return queries > 0 && !ownDoing
                ? Optional.of(queries + " queries came in "
                        + seconds(heard.map(Heard::listenedNs).orElse(0L)))
                : Optional.empty();
    }

    private static Finding nobodyHeard(String check, Link link, Heard heard, GroupProtocol protocol) {
        boolean enough = heard.listenedNs() >= ENOUGH.toNanos();
        List<InetAddress> askers = heard.askers(protocol);
        if (!askers.isEmpty() || heard.answered(protocol)) {
            String who = askers.isEmpty()
                    ? "somebody"
                    : askers.stream().map(QuerierCheck::name).collect(Collectors.joining(", "));
            String message = who + " asked when we left a group, but no general query was heard in "
                    + seconds(heard.listenedNs());
            return enough
                    ? Finding.warning(
                            check,
                            link.name(),
                            message + ": without them " + CONSEQUENCE,
                            "switch the querier on in the router or switch")
                    : Finding.unknown(check, link.name(), message, again());
        }
        return enough
                ? Finding.warning(
                        check,
                        link.name(),
                        "nobody asks: no query in " + seconds(heard.listenedNs()) + ", and none when we left a group; "
                                + CONSEQUENCE,
                        "switch on the IGMP and MLD querier of the router or of one switch")
                : Finding.unknown(
                        check,
                        link.name(),
                        "no query in " + seconds(heard.listenedNs())
                                + ", and none when we left a group; they usually come" + " every 125 s",
                        again());
    }

    private static Finding nothingKnown(String check, Link link, Heard heard, GroupProtocol protocol) {
        String answer = heard.answered(protocol)
                ? "somebody asked when we left a group, as a querier does; whether he asks of his own accord "
                : "nobody asked when we left a group, as most queriers would; whether somebody asks every 125 s ";
        return Finding.unknown(
                check,
                link.name(),
                answer
                        + (protocol == GroupProtocol.IGMP
                                ? "is not in the kernel's tables"
                                : "can't be told from the kernel's counter in " + seconds(heard.listenedNs()))
                        + " (" + heard.whyNoPackets() + ")",
                "run it with the right CAP_NET_RAW (sudo) and --listen 130s");
    }

    private static String again() {
        return "listen longer to be sure: --listen " + ENOUGH.toSeconds() + "s";
    }

    static String seconds(long ns) {
        return Math.round(ns / 1e9) + " s";
    }
}
