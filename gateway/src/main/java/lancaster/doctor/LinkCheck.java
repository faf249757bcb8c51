package lancaster.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Interfaces: whether they are up, plugged in, with an address; which of them are not what one thinks. */
final class LinkCheck implements Check {
    private static final String CHECK = "link";
    private static final String SUBNET = "subnet";

    @Override
    public List<Finding> findings(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        if (situation.checked().isEmpty()) {
            findings.add(Finding.problem(
                    CHECK,
                    "",
                    "no interface can carry multicast: none is up, with an address and the flag MULTICAST",
                    "look at `ip address`; plug in a cable or set an address"));
        }
        for (Link link : situation.links()) {
            if (situation.checked().contains(link.name())) {
                findings.addAll(checked(situation, link));
            } else if (!situation.named()
                    && !link.loopback()
                    && link.up()
                    && !link.addresses().isEmpty()) {
                findings.add(Finding.warning(
                        CHECK,
                        link.name(),
                        "lacks the flag MULTICAST, so no group can be joined or sent to on it",
                        "ip link set " + link.name() + " multicast on"));
            }
        }
        findings.addAll(sameSubnet(situation));
        return findings;
    }

    private static List<Finding> checked(Situation situation, Link link) {
        String name = link.name();
        KernelFiles files = situation.files();
        List<Finding> findings = new ArrayList<>();
        if (!link.up()) {
            return List.of(Finding.problem(CHECK, name, "is down", "ip link set " + name + " up"));
        }
        if (files.number("sys/class/net/" + name + "/carrier").orElse(1) == 0) {
            findings.add(Finding.problem(
                    CHECK,
                    name,
                    "has no carrier: no cable, or the other end is off",
                    "look at the cable and the switch"));
        }
        if (!link.multicast() && !link.loopback()) {
            findings.add(
                    Finding.problem(CHECK, name, "lacks the flag MULTICAST", "ip link set " + name + " multicast on"));
        }
        if (link.addresses().isEmpty()) {
            findings.add(
                    Finding.problem(CHECK, name, noAddress(files, name), "set an address, or name another interface"));
        }
        if (files.exists("sys/class/net/" + name + "/wireless")
                || files.exists("sys/class/net/" + name + "/phy80211")) {
            findings.add(Finding.warning(
                    CHECK,
                    name,
                    "is Wi-Fi, where multicast goes at the lowest rate, without repetition of what is lost, and is often"
                            + " held back for sleeping devices",
                    "use a cable, or an access point that turns multicast into unicast"));
        }
        if (isContainer(files) && isPeerElsewhere(files, name)) {
            findings.add(Finding.warning(
                    CHECK,
                    name,
                    "is the inner end of a container's network, whose bridge and NAT usually keep groups of the LAN out",
                    "run the container in the host's network (--network host) or by macvlan"));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(CHECK, name, "is up: " + link.addressText()));
        }
        return findings;
    }

    private static String noAddress(KernelFiles files, String name) {
        return files.linkName("sys/class/net/" + name + "/master")
                .map(bridge -> "has no address, as it is part of " + bridge)
                .orElse("has no address");
    }

    private static boolean isContainer(KernelFiles files) {
        return files.exists(".dockerenv") || files.exists("run/.containerenv");
    }

    /** A veth whose peer is in another namespace has a peer's number that isn't its own. */
    private static boolean isPeerElsewhere(KernelFiles files, String name) {
        long own = files.number("sys/class/net/" + name + "/ifindex").orElse(0);
        return files.number("sys/class/net/" + name + "/iflink").orElse(own) != own;
    }

    private static List<Finding> sameSubnet(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        List<Link> links = situation.usableLinks();
        for (int i = 0; i < links.size(); i++) {
            for (int k = i + 1; k < links.size(); k++) {
                Link a = links.get(i);
                Link b = links.get(k);
                if (situation.checked().contains(a.name())
                        || situation.checked().contains(b.name())) {
                    shared(a, b).ifPresent(findings::add);
                }
            }
        }
        return findings;
    }

    private static Optional<Finding> shared(Link a, Link b) {
        for (LinkAddress one : a.addresses()) {
            for (LinkAddress other : b.addresses()) {
                if (!one.address().isLinkLocalAddress()
                        && one.prefixBits() > 0
                        && one.covers(other.address())
                        && other.covers(one.address())) {
                    return Optional.of(Finding.warning(
                            SUBNET,
                            a.name(),
                            "is in the same subnet as " + b.name() + " (" + one + ", " + other
                                    + "): answers leave by either, and the reverse-path filter may drop what comes by"
                                    + " the other",
                            "put them into different subnets, or bond them"));
                }
            }
        }
        return Optional.empty();
    }
}
