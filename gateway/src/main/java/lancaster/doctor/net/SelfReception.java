package lancaster.doctor.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.doctor.Link;
import lancaster.doctor.LinkAddress;
import lancaster.doctor.SelfTest;

/**
 * Joins a test group on an interface, sends to it with TTL 0 and receives that: the datagram passes the packet filter
 * going out and coming in, but never leaves the host.
 */
final class SelfReception {
    private static final int DATAGRAM_BYTES = 8;
    private static final long TIMEOUT_MS = 500;

    private final TestGroups groups;

    SelfReception(TestGroups groups) {
        this.groups = groups;
    }

    /** Of each family that the interface has, from any source and from one. */
    List<SelfTest> test(Link link) throws IOException {
        List<SelfTest> tests = new ArrayList<>();
        NetworkInterface existing = HostLinks.existing(link);
        for (boolean ipv6 : new boolean[] {false, true}) {
            Optional<InetAddress> source = source(link, ipv6);
            if (source.isPresent()) {
                tests.add(test(link, existing, source.get(), groups.next(ipv6, false), false));
                tests.add(test(link, existing, source.get(), groups.next(ipv6, true), true));
            }
        }
        return tests;
    }

    /** An address that others could name as a source; one of the link alone where there is no better. */
    static Optional<InetAddress> source(Link link, boolean ipv6) {
        List<InetAddress> fitting = link.addresses().stream()
                .map(LinkAddress::address)
                .filter(address -> address instanceof Inet4Address != ipv6)
                .toList();
        return fitting.stream()
                .filter(address -> !address.isLinkLocalAddress())
                .findFirst()
                .or(() -> fitting.stream().findFirst());
    }

    private static SelfTest test(
            Link link, NetworkInterface existing, InetAddress source, InetAddress group, boolean sourceSpecific) {
        StandardProtocolFamily family =
                group instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        try (DatagramChannel receiver = DatagramChannel.open(family);
                DatagramChannel sender = DatagramChannel.open(family)) {
            receiver.bind(new InetSocketAddress(0));
            if (sourceSpecific) {
                receiver.join(group, existing, source);
            } else {
                receiver.join(group, existing);
            }
            sender.setOption(StandardSocketOptions.IP_MULTICAST_IF, existing);
            sender.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0);
            sender.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            sender.bind(new InetSocketAddress(source, 0));
            int port = ((InetSocketAddress) receiver.getLocalAddress()).getPort();
            int senderPort = ((InetSocketAddress) sender.getLocalAddress()).getPort();
            sender.send(ByteBuffer.allocate(DATAGRAM_BYTES), new InetSocketAddress(group, port));
            return new SelfTest(link.name(), group, sourceSpecific, arrives(receiver, senderPort), "");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return new SelfTest(link.name(), group, sourceSpecific, false, String.valueOf(e.getMessage()));
        }
    }

    private static boolean arrives(DatagramChannel receiver, int senderPort) throws IOException {
        receiver.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            receiver.register(selector, SelectionKey.OP_READ);
            while (selector.select(TIMEOUT_MS) > 0) {
                selector.selectedKeys().clear();
                if (receiver.receive(ByteBuffer.allocate(DATAGRAM_BYTES)) instanceof InetSocketAddress from
                        && from.getPort() == senderPort) {
                    return true;
                }
            }
            return false;
        }
    }
}
