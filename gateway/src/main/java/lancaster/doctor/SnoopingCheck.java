package lancaster.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the switch keeps groups away that nobody here joined (RFC 4541). Only packets themselves can tell. */
final class SnoopingCheck implements Check {
    private static final String CHECK = "snooping";
    private static final int LISTED = 3;
    private static final double NS_PER_SECOND = 1e9;
    private static final int BITS = 8;
    /** From here on it is a stream that floods, not the chatter of device discovery. */
    private static final double FLOOD_BITS_PER_SECOND = 500_000;

    @Override
    public List<Finding> findings(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        for (Link link : situation.checkedLinks()) {
            if (!link.loopback() && link.up()) {
                situation
                        .heard(link.name())
                        .map(heard -> finding(situation, link, heard))
                        .ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static Finding finding(Situation situation, Link link, Heard heard) {
        if (!heard.packets()) {
            return Finding.unknown(
                    CHECK,
                    link.name(),
                    "whether the switch floods groups that nobody joined can't be seen: " + heard.whyNoPackets(),
                    "run it with the right CAP_NET_RAW (sudo)");
        }
        if (situation
                        .files()
                        .setting("net/ipv4/conf/" + link.name() + "/mc_forwarding")
                        .orElse(0)
                == 1) {
            return Finding.unknown(
                    CHECK, link.name(), "this host routes multicast, so that a switch sends it everything", "");
        }
        long bytes = heard.foreign().stream().mapToLong(ForeignGroup::bytes).sum();
        double bitsPerSecond = bytes * BITS / Math.max(1e-9, heard.listenedNs() / NS_PER_SECOND);
        String seconds = QuerierCheck.seconds(heard.listenedNs());
        if (heard.foreign().isEmpty()) {
            return Finding.ok(CHECK, link.name(), "nothing came in " + seconds + " that nobody here joined");
        }
        String what = String.format(
                java.util.Locale.ROOT,
                "%s (%.2f Mbit/s in %s) came without anybody here having joined",
                list(heard.foreign()),
                bitsPerSecond / 1e6,
                seconds);
        return bitsPerSecond < FLOOD_BITS_PER_SECOND
                ? Finding.ok(CHECK, link.name(), what + ", too little to be a stream")
                : Finding.warning(
                        CHECK,
                        link.name(),
                        what + ": the switch floods. It doesn't snoop, or knows no querier, or takes this port for a"
                                + " router's",
                        "switch on IGMP and MLD snooping in the switches, with one querier, and the blocking of unknown"
                                + " multicast");
    }

    private static String list(List<ForeignGroup> foreign) {
        List<ForeignGroup> largest = foreign.stream()
                .sorted(Comparator.comparingLong(ForeignGroup::bytes).reversed())
                .toList();
        String first =
                largest.stream().limit(LISTED).map(ForeignGroup::toString).collect(Collectors.joining(", "));
        return largest.size() <= LISTED ? first : first + " and " + (largest.size() - LISTED) + " more";
    }
}
