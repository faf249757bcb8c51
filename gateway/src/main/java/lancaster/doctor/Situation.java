package lancaster.doctor;

import java.util.List;
import java.util.Optional;
import lancaster.igmp.GroupProtocol;

/**
 * All that the checks look at, gathered before they begin: what the kernel's files say, what was tried, what was heard.
 *
 * @param links all interfaces of the host
 * @param checked the names of those that the question is about
 * @param named whether the user named the interface
 * @param before the counters before listening
 * @param after the counters behind it
 * @param igmp the table behind listening, with the groups of other programs
 */
public record Situation(
        KernelFiles files,
        List<Link> links,
        List<String> checked,
        boolean named,
        Routes routes,
        List<RouteUsed> routesUsed,
        IgmpTable igmp,
        Counters before,
        Counters after,
        List<Heard> heard,
        List<SelfTest> selfTests,
        Optional<GroupReception> group,
        SocketBuffers buffers,
        Firewall firewall) {
    public Situation {
        links = List.copyOf(links);
        checked = List.copyOf(checked);
        routesUsed = List.copyOf(routesUsed);
        heard = List.copyOf(heard);
        selfTests = List.copyOf(selfTests);
    }

    public List<Link> checkedLinks() {
        return links.stream().filter(link -> checked.contains(link.name())).toList();
    }

    public List<Link> usableLinks() {
        return links.stream().filter(Link::usable).toList();
    }

    public Optional<Heard> heard(String interfaceName) {
        return heard.stream()
                .filter(one -> one.interfaceName().equals(interfaceName))
                .findFirst();
    }

    /** A setting of IPv4 or IPv6 that exists for all interfaces and for each; the larger counts. */
    long strongestSetting(String family, String interfaceName, String name) {
        String folder = "net/" + family + "/conf/";
        return Math.max(
                files.setting(folder + "all/" + name).orElse(0),
                files.setting(folder + interfaceName + "/" + name).orElse(0));
    }

    /** The version that is forced upon an interface, by the setting that is named then. */
    Optional<ForcedVersion> forced(GroupProtocol protocol, String interfaceName) {
        String family = protocol == GroupProtocol.IGMP ? "ipv4" : "ipv6";
        String name = protocol == GroupProtocol.IGMP ? "force_igmp_version" : "force_mld_version";
        return List.of("all", interfaceName).stream()
                .map(where -> "net/" + family + "/conf/" + where + "/" + name)
                .map(path -> new ForcedVersion(
                        path.replace('/', '.'), (int) files.setting(path).orElse(0)))
                .filter(forced -> forced.version() != 0)
                .findFirst();
    }

    record ForcedVersion(String setting, int version) {}

    /** How a counter has risen while listening. */
    long risen(String counter) {
        return after.host(counter) - before.host(counter);
    }

    long risen(String interfaceName, String counter) {
        return after.ipv6(interfaceName, counter) - before.ipv6(interfaceName, counter);
    }
}
