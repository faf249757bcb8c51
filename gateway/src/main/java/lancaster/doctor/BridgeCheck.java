package lancaster.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bridges on this host itself, which are switches: whether they snoop, and whether somebody asks there. */
final class BridgeCheck implements Check {
    private static final String CHECK = "bridge";

    @Override
    public List<Finding> findings(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        for (Link link : situation.links()) {
            String folder = "sys/class/net/" + link.name() + "/bridge";
            if (situation.files().exists(folder) && link.up()) {
                findings.add(finding(situation, link, folder));
            }
        }
        return findings;
    }

    private static Finding finding(Situation situation, Link link, String folder) {
        KernelFiles files = situation.files();
        boolean snoops = files.number(folder + "/multicast_snooping").orElse(1) == 1;
        boolean asks = files.number(folder + "/multicast_querier").orElse(0) == 1;
        Optional<Heard> heard = situation.heard(link.name());
        boolean othersAsk = heard.map(one -> !one.queriers().isEmpty()).orElse(false);
        if (!snoops) {
            return Finding.warning(
                    CHECK,
                    link.name(),
                    "is a bridge that doesn't snoop: it floods every group to all its ports",
                    "ip link set " + link.name() + " type bridge mcast_snooping 1 mcast_querier 1");
        }
        if (asks) {
            return Finding.ok(CHECK, link.name(), "is a bridge that snoops and asks");
        }
        if (othersAsk) {
            return Finding.ok(CHECK, link.name(), "is a bridge that snoops, and somebody asks there");
        }
        String what = "is a bridge that snoops and doesn't ask itself";
        boolean longEnough = heard.filter(Heard::packets)
                .map(one -> one.listenedNs() >= QuerierCheck.ENOUGH.toNanos())
                .orElse(false);
        return longEnough
                ? Finding.warning(
                        CHECK,
                        link.name(),
                        what
                                + ", nor does anybody else: a Linux bridge floods then, and other switches behind it forget"
                                + " their members",
                        "ip link set " + link.name() + " type bridge mcast_querier 1")
                : Finding.unknown(
                        CHECK,
                        link.name(),
                        what + "; whether anybody else does wasn't heard long enough",
                        "listen longer, with the right CAP_NET_RAW: --interface " + link.name() + " --listen "
                                + QuerierCheck.ENOUGH.toSeconds() + "s");
    }
}
