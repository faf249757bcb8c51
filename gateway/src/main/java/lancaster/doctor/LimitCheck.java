package lancaster.doctor;

import java.util.ArrayList;
import java.util.List;

/** How many groups a socket may join, and how many sources of each; and the largest packet of an interface. */
final class LimitCheck implements Check {
    private static final String LIMITS = "membership-limit";
    private static final String MTU = "mtu";
    /** An IPv6 datagram of RTP with 7 TS packets: 40 + 8 + 12 + 1316. */
    private static final int NEEDED_MTU_BYTES = 1_376;

    private static final int ETHERNET_MTU_BYTES = 1_500;

    @Override
    public List<Finding> findings(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        findings.add(limit(situation, "net/ipv4/igmp_max_memberships", 20, "IPv4 groups a socket may join"));
        findings.add(limit(situation, "net/ipv4/igmp_max_msf", 10, "sources a socket may name of an IPv4 group"));
        findings.add(limit(situation, "net/ipv6/mld_max_msf", 10, "sources a socket may name of an IPv6 group"));
        for (Link link : situation.checkedLinks()) {
            if (!link.loopback()) {
                findings.add(mtu(link));
            }
        }
        return findings;
    }

    private static Finding limit(Situation situation, String path, int enough, String what) {
        String name = path.replace('/', '.');
        return situation.files().setting(path).stream()
                .mapToObj(limit -> limit >= enough
                        ? Finding.ok(LIMITS, "", name + " = " + limit + ": " + what)
                        : Finding.warning(
                                LIMITS,
                                "",
                                name + " = " + limit + ": so few " + what
                                        + "; further joins fail with \"No buffer space" + " available\"",
                                "sysctl -w " + name + "=" + enough))
                .findFirst()
                .orElseGet(() -> Finding.unknown(LIMITS, "", name + " can't be read", ""));
    }

    private static Finding mtu(Link link) {
        if (link.mtuBytes() < NEEDED_MTU_BYTES) {
            return Finding.problem(
                    MTU,
                    link.name(),
                    "MTU " + link.mtuBytes() + ": datagrams of a stream (up to " + NEEDED_MTU_BYTES
                            + " bytes) are sent in fragments, and one that is lost costs the others",
                    "ip link set " + link.name() + " mtu " + ETHERNET_MTU_BYTES);
        }
        if (link.mtuBytes() < ETHERNET_MTU_BYTES) {
            return Finding.warning(
                    MTU,
                    link.name(),
                    "MTU " + link.mtuBytes() + ", less than Ethernet's " + ETHERNET_MTU_BYTES
                            + ": a tunnel? Streams fit (" + NEEDED_MTU_BYTES
                            + " bytes), but few tunnels carry multicast",
                    "");
        }
        return Finding.ok(MTU, link.name(), "MTU " + link.mtuBytes() + "; a stream needs " + NEEDED_MTU_BYTES);
    }
}
