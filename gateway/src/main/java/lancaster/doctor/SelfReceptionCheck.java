package lancaster.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lancaster.multicast.IpLiteral;

/** Whether this host hears itself: joins, sockets and the packet filter work, whatever the network does. */
final class SelfReceptionCheck implements Check {
    private static final String CHECK = "self-reception";

    @Override
    public List<Finding> findings(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        Map<String, List<String>> passed = new LinkedHashMap<>();
        for (SelfTest test : situation.selfTests()) {
            if (test.received()) {
                passed.computeIfAbsent(test.interfaceName(), name -> new ArrayList<>())
                        .add(kind(test));
            } else {
                findings.add(failed(test));
            }
        }
        passed.forEach((name, kinds) -> findings.add(Finding.ok(
                CHECK,
                name,
                "hears what it sends to groups itself: " + kinds.stream().collect(Collectors.joining(", ")))));
        return findings;
    }

    private static String kind(SelfTest test) {
        return (IpLiteral.text(test.group()).contains(":") ? "IPv6" : "IPv4")
                + (test.sourceSpecific() ? " of a source" : "");
    }

    private static Finding failed(SelfTest test) {
        String what = "test group " + IpLiteral.text(test.group()) + " (" + kind(test) + "): ";
        if (test.error().isEmpty()) {
            return Finding.problem(
                    CHECK,
                    test.interfaceName(),
                    what
                            + "joined and sent to, but nothing came back: the packet filter of this host drops it, going out"
                            + " or coming in",
                    "let 224.0.0.0/4 and ff00::/8 through: nft insert rule inet filter input ip daddr 224.0.0.0/4 accept,"
                            + " and ip6 daddr ff00::/8; with firewalld or ufw likewise");
        }
        return Finding.problem(CHECK, test.interfaceName(), what + test.error(), fix(test.error()));
    }

    private static String fix(String error) {
        if (error.contains("No buffer space")) {
            return "sysctl -w net.ipv4.igmp_max_memberships=200";
        }
        if (error.contains("not permitted")) {
            return "the packet filter refuses what goes out to groups: let 224.0.0.0/4 and ff00::/8 through its output";
        }
        return "";
    }
}
