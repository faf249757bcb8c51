package lancaster.doctor.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import lancaster.bytes.Bytes;
import lancaster.doctor.ForeignGroup;
import lancaster.doctor.GroupReception;
import lancaster.doctor.Heard;
import lancaster.doctor.Link;
import lancaster.igmp.HeardMessage;
import lancaster.igmp.IpPacket;
import lancaster.igmp.MembershipQuery;
import lancaster.igmp.MembershipReader;
import lancaster.igmp.MembershipReport;
import lancaster.igmp.Queriers;
import lancaster.igmp.net.PacketSocket;
import lancaster.multicast.MulticastGroup;
import org.jspecify.annotations.Nullable;

/** Listens to the packets of an interface: who asks, who reports, what comes that nobody here joined. */
final class LinkListener implements AutoCloseable {
    /** Groups and senders of an interface; what comes beyond is dropped. */
    private static final int MAX_FLOWS = 1_000;
    /** Packets that are taken at a time, so that a flood doesn't keep the others from their turn. */
    private static final int MAX_AT_A_TIME = 2_000;

    private static final int UDP_HEADER_BYTES = 8;
    private static final int DSCP_SHIFT = 2;
    private static final int LINK_SCOPE = 2;

    private record Flow(InetAddress group, int port, InetAddress source) {}

    private static final class Count {
        long datagrams;
        long bytes;
        int ttl;
        int trafficClass;
    }

    private final Link link;
    private final String whyNoPackets;
    private final @Nullable PacketSocket membership;
    private final @Nullable PacketSocket multicast;
    private final MembershipReader reader = new MembershipReader();
    private final Queriers queriers = new Queriers();
    private final Set<InetAddress> askers = new LinkedHashSet<>();
    private final Set<InetAddress> reporters = new HashSet<>();
    private final Map<Flow, Count> flows = new HashMap<>();

    private LinkListener(
            Link link, String whyNoPackets, @Nullable PacketSocket membership, @Nullable PacketSocket multicast) {
        this.link = link;
        this.whyNoPackets = whyNoPackets;
        this.membership = membership;
        this.multicast = multicast;
    }

    /** Where packets can't be listened to, one that hears nothing and knows why. */
    static LinkListener open(Link link) {
        PacketSocket membership = null;
        PacketSocket multicast = null;
        try {
            membership = PacketSocket.forMembership(HostLinks.existing(link));
            multicast = PacketSocket.forMulticast(HostLinks.existing(link));
            membership.listenToAll();
            return new LinkListener(link, "", membership, multicast);
        } catch (IOException e) {
            if (membership != null) {
                membership.close();
            }
            if (multicast != null) {
                multicast.close();
            }
            return new LinkListener(link, String.valueOf(e.getMessage()), null, null);
        }
    }

    /** Takes what has come. */
    void drain(long nowNs) throws IOException {
        if (membership == null || multicast == null) {
            return;
        }
        for (int i = 0; i < MAX_AT_A_TIME; i++) {
            Optional<Bytes> packet = membership.receive(0);
            if (packet.isEmpty()) {
                break;
            }
            reader.read(packet.get()).ifPresent(heard -> onMessage(heard, nowNs));
        }
        for (int i = 0; i < MAX_AT_A_TIME; i++) {
            Optional<Bytes> packet = multicast.receive(0);
            if (packet.isEmpty()) {
                break;
            }
            onDatagram(packet.get());
        }
    }

    private void onMessage(HeardMessage heard, long nowNs) {
        queriers.onMessage(heard, nowNs);
        if (heard.message() instanceof MembershipQuery query && !query.isGeneral() && askers.size() < MAX_FLOWS) {
            askers.add(heard.from());
        }
        if (heard.message() instanceof MembershipReport && !link.has(heard.from()) && reporters.size() < MAX_FLOWS) {
            reporters.add(heard.from());
        }
    }

    private void onDatagram(Bytes packet) {
        Optional<IpPacket> parsed = IpPacket.parse(packet);
        if (parsed.isEmpty() || !parsed.get().first() || parsed.get().payload().length() < UDP_HEADER_BYTES) {
            return;
        }
        IpPacket ip = parsed.get();
        Flow flow = new Flow(ip.to(), ip.payload().u16(2), ip.from());
        if (flows.size() >= MAX_FLOWS && !flows.containsKey(flow)) {
            return;
        }
        Count count = flows.computeIfAbsent(flow, key -> new Count());
        count.datagrams++;
        count.bytes += Math.max(0, ip.payload().u16(4) - UDP_HEADER_BYTES);
        count.ttl = ip.ttl();
        count.trafficClass = ip.trafficClass();
    }

    /** @param joined whether somebody on this host receives a group, which then isn't foreign */
    Heard heard(long listenedNs, boolean igmpAnswered, boolean mldAnswered, Predicate<InetAddress> joined) {
        Map<Flow, Count> foreign = new HashMap<>();
        flows.forEach((flow, count) -> {
            if (!joined.test(flow.group()) && !isOfTheLink(flow.group()) && !link.has(flow.source())) {
                Count sum = foreign.computeIfAbsent(new Flow(flow.group(), 0, flow.source()), key -> new Count());
                sum.datagrams += count.datagrams;
                sum.bytes += count.bytes;
            }
        });
        List<ForeignGroup> groups = new ArrayList<>();
        foreign.forEach((flow, count) ->
                groups.add(new ForeignGroup(flow.group(), flow.source(), count.datagrams, count.bytes)));
        return new Heard(
                link.name(),
                listenedNs,
                membership != null,
                whyNoPackets,
                queriers.all(),
                List.copyOf(askers),
                igmpAnswered,
                mldAnswered,
                reporters.size(),
                groups);
    }

    /** What came of a group on the wire; empty where packets aren't listened to. */
    Optional<GroupReception.Wire> wire(MulticastGroup group) {
        if (membership == null) {
            return Optional.empty();
        }
        long datagrams = 0;
        List<InetAddress> senders = new ArrayList<>();
        OptionalInt ttl = OptionalInt.empty();
        OptionalInt dscp = OptionalInt.empty();
        for (Map.Entry<Flow, Count> entry : flows.entrySet()) {
            Flow flow = entry.getKey();
            if (flow.group().equals(group.address()) && flow.port() == group.port()) {
                datagrams += entry.getValue().datagrams;
                senders.add(flow.source());
                if (group.source().isEmpty() || group.source().get().equals(flow.source())) {
                    ttl = OptionalInt.of(entry.getValue().ttl);
                    dscp = OptionalInt.of(entry.getValue().trafficClass >> DSCP_SHIFT);
                }
            }
        }
        return Optional.of(new GroupReception.Wire(datagrams, List.copyOf(senders), ttl, dscp));
    }

    /** Groups that every switch floods: 224.0.0.0/24 (RFC 4541 §2.1.2), and those of interface and link scope. */
    private static boolean isOfTheLink(InetAddress group) {
        byte[] bytes = group.getAddress();
        return group instanceof Inet4Address
                ? (bytes[0] & 0xFF) == 224 && bytes[1] == 0 && bytes[2] == 0
                : (bytes[1] & 0xF) <= LINK_SCOPE;
    }

    @Override
    public void close() {
        if (membership != null && multicast != null) {
            membership.close();
            multicast.close();
        }
    }
}
