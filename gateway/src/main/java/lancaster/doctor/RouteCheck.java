package lancaster.doctor;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.multicast.IpLiteral;

/** By which interface a program sends and joins that names none, and whether it can at all. */
final class RouteCheck implements Check {
    private static final String CHECK = "route";
    /** A route of groups in particular may say a gateway, and then the kernel obeys: only shorter ones are ignored. */
    private static final int MULTICAST_BITS = 4;

    @Override
    public List<Finding> findings(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        for (RouteUsed used : situation.routesUsed()) {
            findings.add(finding(situation, used));
        }
        for (Routes.Route route : situation.routes().all()) {
            if (route.prefixBits() >= MULTICAST_BITS
                    && route.network().isMulticastAddress()
                    && route.gateway().isPresent()) {
                findings.add(Finding.warning(
                        CHECK,
                        route.interfaceName(),
                        "the route \"" + route + "\" sends groups to a router, in unicast Ethernet frames, where they"
                                + " reach no other host",
                        "ip route del " + route + "; groups need no gateway"));
            }
        }
        return findings;
    }

    private static Finding finding(Situation situation, RouteUsed used) {
        String family = used.group() instanceof Inet4Address ? "IPv4" : "IPv6";
        if (used.source().isEmpty()) {
            return Finding.warning(
                    CHECK,
                    "",
                    "no " + family + " route for groups (" + used.error() + "): programs that name no interface can"
                            + " neither send nor join. Lancaster always names one",
                    family.equals("IPv4")
                            ? "ip route add 224.0.0.0/4 dev " + example(situation)
                            : "ip -6 route add ff00::/8 dev " + example(situation) + " table local");
        }
        InetAddress source = used.source().get();
        Optional<Link> by =
                situation.links().stream().filter(link -> link.has(source)).findFirst();
        String name = by.map(Link::name).orElse("");
        String what = family + " programs that name no interface use " + (name.isEmpty() ? "" : name + ", ") + "from "
                + IpLiteral.text(source);
        if (name.isEmpty()
                || (situation.checked().contains(name)
                        && situation.usableLinks().size() == 1)) {
            return Finding.ok(CHECK, name, what);
        }
        if (situation.named() && !situation.checked().contains(name)) {
            return Finding.warning(
                    CHECK,
                    name,
                    what + ", not " + String.join(", ", situation.checked()),
                    "name the interface in each program, as Lancaster does, or ip route add "
                            + (family.equals("IPv4") ? "224.0.0.0/4 dev " : "ff00::/8 dev ") + example(situation));
        }
        return Finding.ok(CHECK, name, what + "; of the other interfaces they know nothing");
    }

    private static String example(Situation situation) {
        return situation.checked().isEmpty() ? "INTERFACE" : situation.checked().get(0);
    }
}
