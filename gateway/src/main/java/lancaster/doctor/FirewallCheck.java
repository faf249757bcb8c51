package lancaster.doctor;

import java.util.List;

/** The packet filter: rules are too free a language to be judged, so this says where they may drop. */
final class FirewallCheck implements Check {
    private static final String CHECK = "firewall";

    @Override
    public List<Finding> findings(Situation situation) {
        Firewall firewall = situation.firewall();
        boolean legacy = situation
                .files()
                .text("proc/net/ip_tables_names")
                .map(names -> !names.isBlank())
                .orElse(false);
        boolean tested = !situation.selfTests().isEmpty()
                && situation.selfTests().stream().allMatch(SelfTest::received);
        String test = tested ? "; it lets through what this host sends to groups itself" : "";
        if (!firewall.readable()) {
            return List.of(Finding.unknown(
                    CHECK,
                    "",
                    "the rules of the packet filter can't be read: " + firewall.reason() + test,
                    "run it as root"));
        }
        if (!firewall.dropping().isEmpty()) {
            return List.of(Finding.unknown(
                    CHECK,
                    "",
                    "the packet filter may drop groups, IGMP or MLD: " + String.join(", ", firewall.dropping()) + test,
                    "see that it accepts ip daddr 224.0.0.0/4, ip protocol igmp, ip6 daddr ff00::/8 and icmpv6"));
        }
        return List.of(
                legacy
                        ? Finding.unknown(
                                CHECK,
                                "",
                                "no rule of nft drops, but there are rules of the old iptables" + test,
                                "iptables-legacy -S")
                        : Finding.ok(CHECK, "", "no rule drops what comes in or goes out"));
    }
}
