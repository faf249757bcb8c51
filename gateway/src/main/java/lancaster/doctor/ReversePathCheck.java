package lancaster.doctor;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.multicast.IpLiteral;

/**
 * The reverse-path filter drops what comes by an interface by which its sender wouldn't be reached: with two interfaces
 * the streams of the wrong one vanish without a trace but a counter (rp_filter in ip-sysctl of Linux).
 */
final class ReversePathCheck implements Check {
    private static final String CHECK = "reverse-path";
    private static final int STRICT = 1;
    private static final int LOOSE = 2;

    @Override
    public List<Finding> findings(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        long dropped = situation.risen(Counters.REVERSE_PATH);
        if (dropped > 0) {
            findings.add(Finding.problem(
                    CHECK,
                    "",
                    "the kernel dropped " + dropped + " packets while we listened, since their senders have no route by"
                            + " the interface that they came by",
                    "add a route to the senders by that interface, or sysctl -w net.ipv4.conf.all.rp_filter=0 and the"
                            + " same for the interface"));
        }
        for (Link link : situation.checkedLinks()) {
            if (link.hasIpv4() && !link.loopback()) {
                findings.add(finding(situation, link));
            }
        }
        return findings;
    }

    private static Finding finding(Situation situation, Link link) {
        long mode = situation.strongestSetting("ipv4", link.name(), "rp_filter");
        Optional<InetAddress> source = situation
                .group()
                .flatMap(reception -> reception.group().source())
                .filter(address -> address instanceof Inet4Address);
        if (mode != STRICT && mode != LOOSE) {
            return Finding.ok(CHECK, link.name(), "the reverse-path filter is off");
        }
        if (source.isPresent()) {
            return ofSource(situation, link, mode, source.get());
        }
        String word = mode == STRICT ? "strict" : "loose";
        boolean alone = situation.usableLinks().size() == 1;
        if (mode == LOOSE || alone) {
            return Finding.ok(
                    CHECK,
                    link.name(),
                    "the reverse-path filter is " + word
                            + (mode == LOOSE
                                    ? ": senders need a route by any interface"
                                    : ", and there is one interface only"));
        }
        return Finding.warning(
                CHECK,
                link.name(),
                "the reverse-path filter is strict: streams whose senders are not routed by " + link.name()
                        + " are dropped",
                "sysctl -w net.ipv4.conf." + link.name()
                        + ".rp_filter=2, or name the stream by --group SOURCE@GROUP:PORT"
                        + " to see whether it is one of them");
    }

    private static Finding ofSource(Situation situation, Link link, long mode, InetAddress source) {
        Optional<Routes.Route> route = situation.routes().to(source);
        String sender = IpLiteral.text(source);
        boolean own = situation.links().stream().anyMatch(one -> one.has(source));
        boolean right = own
                || (route.isPresent()
                        && (mode == LOOSE || route.get().interfaceName().equals(link.name())));
        return right
                ? Finding.ok(CHECK, link.name(), "the reverse-path filter lets " + sender + " through")
                : Finding.problem(
                        CHECK,
                        link.name(),
                        "the reverse-path filter drops what comes from " + sender + ": its route "
                                + route.map(other -> "is \"" + other + "\"").orElse("doesn't exist"),
                        mode == STRICT && route.isPresent()
                                ? "sysctl -w net.ipv4.conf." + link.name() + ".rp_filter=2"
                                : "ip route add " + sender + " dev " + link.name());
    }
}
