package lancaster.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import lancaster.kit.Requirement;

/**
 * LANs, the hosts in them and the router between them, all on this machine and out of its sight. Every cable is a pair
 * of veth interfaces: {@code eth0} in the host, and the port of the switch. Closing it kills whatever runs in it.
 */
final class LabNetwork implements AutoCloseable {
    private final Namespace switches;
    private final Map<String, Lan> lans;
    private final Map<String, LabHost> hosts = new LinkedHashMap<>();

    private LabNetwork(Namespace switches, Map<String, Lan> lans) {
        this.switches = switches;
        this.lans = lans;
    }

    static Builder builder() {
        return new Builder();
    }

    LabHost host(String name) {
        return hosts.get(name);
    }

    Lan lan(String name) {
        return lans.get(name);
    }

    /** Packets that the switch of a LAN has sent to a host until now. */
    long packetsTo(String host, String lan) {
        return counters(host, lan)[9];
    }

    /** Bytes, with Ethernet headers, that the switch of a LAN has sent to a host until now. */
    long bytesTo(String host, String lan) {
        return counters(host, lan)[8];
    }

    /** The columns of {@code /proc/net/dev} for a port: eight of what it received, eight of what it sent. */
    private long[] counters(String host, String lan) {
        String port = lans.get(lan).port(host) + ":";
        try (Scanner lines = new Scanner(switches.proc("dev"))) {
            while (lines.hasNextLine()) {
                String line = lines.nextLine().strip();
                if (line.startsWith(port)) {
                    return new Scanner(line.substring(port.length()))
                            .tokens()
                            .mapToLong(Long::parseLong)
                            .toArray();
                }
            }
        }
        throw new IllegalArgumentException(host + " is not in LAN " + lan);
    }

    /** Whether the switch of a LAN knows a host as a member of a group. */
    boolean isMember(String host, String lan, String group) {
        String port = " port " + lans.get(lan).port(host) + " grp " + group + " ";
        return switches.run("bridge mdb show dev " + lans.get(lan).bridge())
                .lines()
                .anyMatch(line -> line.contains(port));
    }

    /** Waits until the switch of a LAN knows a host as a member of a group. */
    void awaitMember(String host, String lan, String group) {
        await(host + " is a member of " + group + " in LAN " + lan, () -> isMember(host, lan, group));
    }

    /** Waits for what the network is about to show. */
    static void await(String what, BooleanSupplier condition) {
        Patience.await(what, condition);
    }

    /** Drops so many percent of what arrives at a host, at random; 0 ends that. */
    void loss(String host, double percent) {
        hosts.get(host).lans().forEach(lan -> loss(host, lan.name(), percent));
    }

    /** Drops so many percent of what arrives at a host from one of its LANs, at random; 0 ends that. */
    void loss(String host, String lan, double percent) {
        LabHost at = hosts.get(host);
        String table = "netdev loss-" + lan;
        StringBuilder script = new StringBuilder("nft delete table " + table + " 2>/dev/null || true\n");
        if (percent > 0) {
            script.append("nft add table " + table + "\n");
            script.append("nft 'add chain " + table + " in { type filter hook ingress device " + at.device(lan)
                    + " priority 0; }'\n");
            script.append("nft 'add rule " + table + " in meta protocol { ip, ip6 } numgen random mod 100000 <= "
                    + (Math.round(percent * 1000) - 1) + " drop'\n");
        }
        builtBy("random loss by nft (Debian: nftables)", at.namespace(), script.toString());
    }

    /** Lets no more than so many kilobits a second through to a host; a tenth of a second of them may wait. */
    void rate(String host, String lan, int kilobits) {
        builtBy(
                "the queueing discipline tbf",
                switches,
                "tc qdisc replace dev " + lans.get(lan).port(host) + " root tbf rate " + kilobits
                        + "kbit burst 32kb latency 100ms");
    }

    /** Pulls the cable between a host and the switch of a LAN. */
    void unplug(String host, String lan) {
        switches.run("ip link set " + lans.get(lan).port(host) + " down");
    }

    /** Puts the cable in again. */
    void plug(String host, String lan) {
        switches.run("ip link set " + lans.get(lan).port(host) + " up");
    }

    boolean isPlugged(String host, String lan) {
        return switches.run("ip link show " + lans.get(lan).port(host)).contains(",UP");
    }

    private static void builtBy(String what, Namespace namespace, String script) {
        try {
            namespace.run(script);
        } catch (IllegalStateException e) {
            throw Requirement.missing(what + " (" + e.getMessage() + ")");
        }
    }

    /** Kills what runs in the hosts, then the switches; nothing is left. */
    @Override
    public void close() {
        hosts.values().parallelStream().forEach(host -> host.namespace().close());
        switches.close();
    }

    /** The plan of a network. */
    static final class Builder {
        /** So long after it first asked, and not before, a bridge believes that who didn't answer is no member. */
        private static final long ANSWERS_NS = TimeUnit.MILLISECONDS.toNanos(500);

        private final Map<String, Lan> lans = new LinkedHashMap<>();
        private final Map<String, List<String>> hosts = new LinkedHashMap<>();
        private final Map<String, String> defaultRoutes = new LinkedHashMap<>();
        private final Map<String, Double> losses = new LinkedHashMap<>();
        private final List<String> routers = new ArrayList<>();

        private Builder() {}

        /** A LAN whose switch snoops and asks. */
        Builder lan(String name) {
            return lan(name, SwitchKind.SNOOPING);
        }

        Builder lan(String name, SwitchKind kind) {
            lans.put(name, new Lan(name, lans.size() + 1, kind));
            return this;
        }

        /** A host in these LANs, by {@code eth0}, {@code eth1} and so on. */
        Builder host(String name, String... inLans) {
            hosts.put(name, List.of(inLans));
            return this;
        }

        /** A host that forwards between its LANs, and is the default route of the hosts there. */
        Builder router(String name, String... inLans) {
            routers.add(name);
            return host(name, inLans);
        }

        /** By which of its LANs a host reaches the rest of the world; without a word the first. */
        Builder defaultRoute(String host, String lan) {
            defaultRoutes.put(host, lan);
            return this;
        }

        /** What arrives at a host is dropped at random, so many percent of it. */
        Builder loss(String host, double percent) {
            losses.put(host, percent);
            return this;
        }

        LabNetwork start() {
            for (String program : List.of("ip", "bridge")) {
                Requirement.program(program);
            }
            LabNetwork network = new LabNetwork(Namespace.create(), lans);
            try {
                build(network);
            } catch (RuntimeException | Error e) {
                network.close();
                throw e;
            }
            return network;
        }

        private void build(LabNetwork network) {
            StringBuilder bridges = new StringBuilder(
                    """
                    for family in all default; do
                        echo 0 >/proc/sys/net/ipv6/conf/$family/accept_dad
                    done
                    """);
            lans.values().forEach(lan -> bridges.append(bridge(lan)));
            builtBy("bridges that snoop", network.switches, bridges.toString());
            long askedNs = System.nanoTime();
            for (String name : hosts.keySet()) {
                List<Lan> inLans = hosts.get(name).stream().map(lans::get).toList();
                Namespace namespace = network.switches.another();
                LabHost host = new LabHost(name, network.hosts.size() + 1, inLans, namespace);
                network.hosts.put(name, host);
                plug(network.switches, host);
            }
            network.hosts.values().forEach(host -> route(network, host));
            builtBy("filters by nft (Debian: nftables)", network.switches, filters());
            losses.forEach(network::loss);
            LockSupport.parkNanos(askedNs + ANSWERS_NS - System.nanoTime());
        }

        private static String bridge(Lan lan) {
            String add =
                    "ip link add " + lan.bridge() + " type bridge " + lan.kind().options() + "\n";
            String querier = "ip link set " + lan.bridge() + " type bridge mcast_querier 1\n" + "ip address add "
                    + lan.addressOfSwitch() + "/24 dev " + lan.bridge() + "\n";
            return add + (lan.kind().asks() ? querier : "") + "ip link set " + lan.bridge() + " up\n";
        }

        /** Segments are never glued together on a cable (GSO), so that packets are counted and lost one by one. */
        private static void plug(Namespace switches, LabHost host) {
            StringBuilder inSwitch = new StringBuilder();
            StringBuilder inHost = new StringBuilder(
                    """
                    for family in all default; do
                        echo 0 >/proc/sys/net/ipv4/conf/$family/rp_filter
                        echo 0 >/proc/sys/net/ipv6/conf/$family/accept_dad
                    done
                    echo 200 >/proc/sys/net/ipv4/igmp_max_memberships
                    """);
            for (Lan lan : host.lans()) {
                String port = lan.port(host.name());
                String device = host.device(lan.name());
                inSwitch.append("ip link add " + port + " type veth peer name " + device + " netns "
                        + host.namespace().pid() + "\n");
                inSwitch.append("ip link set " + port + " gso_max_segs 1 master " + lan.bridge() + "\n");
                inSwitch.append("ip link set " + port + " addrgenmode none up\n");
                inHost.append("ip link set " + device + " gso_max_segs 1 up\n");
                inHost.append("ip address add " + host.address(lan.name()) + "/24 dev " + device + "\n");
                inHost.append("ip address add " + host.address6(lan.name()) + "/64 dev " + device + " nodad\n");
            }
            builtBy("veth interfaces", switches, inSwitch.toString());
            builtBy("settings of the network in /proc/sys", host.namespace(), inHost.toString());
        }

        private void route(LabNetwork network, LabHost host) {
            if (routers.contains(host.name())) {
                builtBy(
                        "forwarding",
                        host.namespace(),
                        """
                        echo 1 >/proc/sys/net/ipv4/ip_forward
                        echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
                        """);
                // It says nothing that a switch would know a multicast router by, such as PIM.
                host.lans()
                        .forEach(lan -> network.switches.run(
                                "ip link set " + lan.port(host.name()) + " type bridge_slave mcast_router 2"));
                return;
            }
            String lan =
                    defaultRoutes.getOrDefault(host.name(), host.lans().get(0).name());
            String by = routers.stream()
                    .map(network::host)
                    .filter(router -> router.lans().contains(lans.get(lan)))
                    .findFirst()
                    .map(LabHost::name)
                    .orElse("");
            String dev = " dev " + host.device(lan);
            host.run("ip route add default"
                    + (by.isEmpty() ? "" : " via " + network.host(by).address(lan)) + dev + "\n"
                    + "ip -6 route add default"
                    + (by.isEmpty() ? "" : " via " + network.host(by).address6(lan)) + dev);
        }

        private String filters() {
            StringBuilder script = new StringBuilder("true\n");
            for (Lan lan : lans.values()) {
                if (lan.kind() == SwitchKind.WITHOUT_MULTICAST) {
                    hosts.forEach((host, inLans) -> {
                        if (inLans.contains(lan.name())) {
                            script.append(dropMulticast(lan.port(host)));
                        }
                    });
                }
            }
            return script.toString();
        }

        private static String dropMulticast(String port) {
            String table = "netdev " + port.replace('.', '-');
            return "nft add table " + table + "\n"
                    + "nft 'add chain " + table + " in { type filter hook ingress device " + port + " priority 0; }'\n"
                    + "nft add rule " + table + " in ip daddr 224.0.1.0-239.255.255.255 drop\n"
                    + "nft add rule " + table + " in ip6 daddr ff00::/8 ip6 daddr != ff02::/16 drop\n";
        }
    }
}
