package lancaster.doctor;

import java.net.InetAddress;
import java.util.List;
import lancaster.igmp.GroupProtocol;
import lancaster.igmp.HeardQuerier;

/**
 * What was heard on an interface, and by what means.
 *
 * @param listenedNs for how long
 * @param packets whether packets themselves were listened to; otherwise only the kernel's tables speak
 * @param whyNoPackets the reason where they weren't
 * @param queriers who sent general queries, from packets
 * @param askers who asked about single groups, from packets
 * @param igmpAnswered whether the kernel was asked about the group that was left for that purpose
 * @param mldAnswered the same for IPv6
 * @param reportHosts hosts whose reports were heard, from packets: only where switches don't keep them away
 * @param foreign what came without anybody here having joined it, from packets
 */
public record Heard(
        String interfaceName,
        long listenedNs,
        boolean packets,
        String whyNoPackets,
        List<HeardQuerier> queriers,
        List<InetAddress> askers,
        boolean igmpAnswered,
        boolean mldAnswered,
        int reportHosts,
        List<ForeignGroup> foreign) {
    public Heard {
        queriers = List.copyOf(queriers);
        askers = List.copyOf(askers);
        foreign = List.copyOf(foreign);
    }

    public List<HeardQuerier> queriers(GroupProtocol protocol) {
        return queriers.stream()
                .filter(querier -> querier.protocol() == protocol)
                .toList();
    }

    public boolean answered(GroupProtocol protocol) {
        return protocol == GroupProtocol.IGMP ? igmpAnswered : mldAnswered;
    }

    public List<InetAddress> askers(GroupProtocol protocol) {
        return askers.stream()
                .filter(asker -> GroupProtocol.of(asker) == protocol)
                .toList();
    }
}
