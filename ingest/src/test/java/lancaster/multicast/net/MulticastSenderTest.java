package lancaster.multicast.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramChannelConfig;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import lancaster.kit.NettyLeaks;
import lancaster.kit.Requirement;
import lancaster.multicast.Dscp;
import lancaster.multicast.InterfaceChoice;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.LocalInterface;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastSettings;
import lancaster.net.Loops;
import lancaster.net.Transport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real sockets on loopback; the receiver is Java's own. */
@ExtendWith(NettyLeaks.class)
class MulticastSenderTest {
    private static final int SEGMENT = 1328;
    private static final int PATIENCE_MS = 10_000;

    @ParameterizedTest
    @CsvSource({"EPOLL,239.255.12.5", "NIO,239.255.12.5", "EPOLL,ff11::1:5", "NIO,ff11::1:5"})
    void whatIsSentArrivesDatagramByDatagramFromTheSource(Transport transport, String group) throws IOException {
        requires(transport);
        try (MulticastSocket receiver = joined(group);
                Loops loops = Loops.start(1, transport);
                MulticastSender sender = MulticastSender.open(settings(group, receiver.getLocalPort()), loops)) {
            byte[] run = new byte[5 * SEGMENT + 188];
            for (int i = 0; i < run.length; i++) {
                run[i] = (byte) (i / SEGMENT);
            }
            send(loops, sender, run, SEGMENT);
            for (int i = 0; i < 6; i++) {
                DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
                receiver.receive(packet);
                int length = i < 5 ? SEGMENT : 188;
                byte[] expected = new byte[length];
                Arrays.fill(expected, (byte) i);
                assertArrayEquals(expected, Arrays.copyOf(packet.getData(), packet.getLength()), "datagram " + i);
                assertEquals(settings(group, 1).source(), packet.getAddress());
                assertEquals(sender.localAddress().getPort(), packet.getPort());
            }
            SenderStats stats = sender.stats();
            assertEquals(6, stats.datagrams());
            assertEquals(run.length, stats.bytes());
            assertEquals(sender.isSegmenting() ? 1 : 6, stats.calls());
            assertEquals(Map.of(), stats.errors());
        }
    }

    @ParameterizedTest
    @CsvSource({"EPOLL,239.255.12.5", "NIO,239.255.12.5", "EPOLL,ff11::1:5", "NIO,ff11::1:5"})
    void theSocketIsSetAsAsked(Transport transport, String group) throws IOException {
        requires(transport);
        MulticastSettings wanted = settings(group, 5004);
        MulticastSettings quiet =
                new MulticastSettings(wanted.group(), wanted.networkInterface(), wanted.source(), 5, Dscp.AF41, false);
        DatagramChannel socket = transport.newDatagramSocket(quiet.isIpv6());
        try {
            SenderOptions.set(socket, quiet, transport);
            assertSet(socket, quiet, transport);
            MulticastSettings loud =
                    new MulticastSettings(wanted.group(), wanted.networkInterface(), wanted.source(), 9, 46, true);
            SenderOptions.adjust(socket, loud, transport);
            assertSet(socket, loud, transport);
        } finally {
            socket.unsafe().closeForcibly();
        }
    }

    private static void assertSet(DatagramChannel socket, MulticastSettings settings, Transport transport) {
        if (transport == Transport.EPOLL) {
            boolean ipv6 = settings.isIpv6();
            int level = ipv6 ? 41 : 0;
            assertEquals(settings.ttl(), option(socket, level, ipv6 ? 18 : 33), "hops");
            assertEquals(settings.loopback() ? 1 : 0, option(socket, level, ipv6 ? 19 : 34), "loopback");
            assertEquals(settings.dscp() << 2, option(socket, level, ipv6 ? 67 : 1), "traffic class");
        } else {
            DatagramChannelConfig config = socket.config();
            assertEquals(settings.ttl(), config.getOption(NioChannelOption.of(StandardSocketOptions.IP_MULTICAST_TTL)));
            assertEquals(
                    settings.loopback(),
                    config.getOption(NioChannelOption.of(StandardSocketOptions.IP_MULTICAST_LOOP)));
            assertEquals(settings.dscp() << 2, config.getOption(NioChannelOption.of(StandardSocketOptions.IP_TOS)));
            assertEquals(
                    settings.networkInterface(),
                    config.getOption(NioChannelOption.of(StandardSocketOptions.IP_MULTICAST_IF)));
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void whatIsChangedWhileItSendsKeepsItsPort(Transport transport) throws IOException {
        requires(transport);
        try (MulticastSocket receiver = joined("239.255.12.11");
                Loops loops = Loops.start(1, transport);
                MulticastSender sender =
                        MulticastSender.open(settings("239.255.12.11", receiver.getLocalPort()), loops)) {
            int port = sender.localAddress().getPort();
            CompletableFuture<Void> adjusted = new CompletableFuture<>();
            loops.multicast().execute(() -> {
                try {
                    sender.adjust(0, 0, true);
                    adjusted.complete(null);
                } catch (MulticastException e) {
                    adjusted.completeExceptionally(e);
                }
            });
            adjusted.join();
            send(loops, sender, new byte[] {5}, 1);
            DatagramPacket packet = new DatagramPacket(new byte[10], 10);
            receiver.receive(packet);
            assertEquals(5, packet.getData()[0]);
            assertEquals(port, packet.getPort());
        }
    }

    private static int option(DatagramChannel socket, int level, int number) {
        return socket.config().getOption(new IntegerUnixChannelOption("TEST_" + level + "_" + number, level, number));
    }

    @Test
    void aLongRunLeavesInSeveralCalls() throws IOException {
        try (MulticastSocket receiver = joined("239.255.12.6");
                Loops loops = Loops.start(1);
                MulticastSender sender =
                        MulticastSender.open(settings("239.255.12.6", receiver.getLocalPort()), loops)) {
            send(loops, sender, new byte[100 * SEGMENT], SEGMENT);
            for (int i = 0; i < 100; i++) {
                DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
                receiver.receive(packet);
                assertEquals(SEGMENT, packet.getLength());
            }
            assertEquals(100, sender.stats().datagrams());
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void anAddressThatIsNotHereIsNamedWithWhatThereIs(Transport transport) throws IOException {
        requires(transport);
        MulticastSettings here = settings("239.255.12.8", 5004);
        MulticastSettings gone = new MulticastSettings(
                here.group(),
                here.networkInterface(),
                IpLiteral.parse("192.0.2.1").orElseThrow(),
                1,
                0,
                true);
        try (Loops loops = Loops.start(1, transport)) {
            String message = assertThrows(MulticastException.class, () -> MulticastSender.open(gone, loops))
                    .getMessage();
            assertTrue(message.startsWith("can't send to 239.255.12.8 from 192.0.2.1 by interface lo: "), message);
            assertTrue(message.contains("; there is lo (127.0.0.1"), message);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void whatTheKernelRefusesIsCountedByCauseAndNothingElse(Transport transport) throws IOException {
        requires(transport);
        try (MulticastSocket receiver = joined("239.255.12.9");
                Loops loops = Loops.start(1, transport);
                MulticastSender sender =
                        MulticastSender.open(settings("239.255.12.9", receiver.getLocalPort()), loops)) {
            send(loops, sender, new byte[66_000], 66_000);
            assertEquals(Map.of(SendError.TOO_LARGE, 1L), sender.stats().errors());
            assertEquals(1, sender.stats().failed());
            send(loops, sender, new byte[] {3}, 1);
            DatagramPacket packet = new DatagramPacket(new byte[10], 10);
            receiver.receive(packet);
            assertEquals(3, packet.getData()[0]);
        }
    }

    @Test
    void nothingIsSentAfterTheEnd() throws IOException {
        try (Loops loops = Loops.start(1)) {
            MulticastSender sender = MulticastSender.open(settings("239.255.12.10", 5004), loops);
            sender.close();
            send(loops, sender, new byte[] {1}, 1);
            assertEquals(0, sender.stats().datagrams());
        }
    }

    private static void requires(Transport transport) {
        if (transport == Transport.EPOLL && !Epoll.isAvailable()) {
            throw Requirement.missing("Netty's epoll library");
        }
    }

    /** Returns when it is sent. */
    private static void send(Loops loops, MulticastSender sender, byte[] run, int segmentBytes) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        loops.multicast().execute(() -> {
            sender.send(run, 0, run.length, segmentBytes);
            sent.complete(null);
        });
        sent.join();
    }

    private static MulticastSocket joined(String group) throws IOException {
        MulticastSocket socket = new MulticastSocket(0);
        socket.setSoTimeout(PATIENCE_MS);
        socket.setReceiveBufferSize(1 << 20);
        InetAddress address = IpLiteral.parse(group).orElseThrow();
        try {
            socket.joinGroup(new InetSocketAddress(address, 0), inside(address).networkInterface());
        } catch (IOException e) {
            socket.close();
            throw Requirement.missing("multicast to " + group + " on loopback: " + e.getMessage());
        }
        return socket;
    }

    private static MulticastSettings settings(String group, int port) throws MulticastException {
        InetAddress address = IpLiteral.parse(group).orElseThrow();
        InterfaceChoice choice = inside(address);
        NetworkInterface networkInterface = choice.networkInterface();
        return new MulticastSettings(
                new InetSocketAddress(address, port), networkInterface, choice.source(), 3, Dscp.AF41, true);
    }

    /** IPv6 multicast has no route on loopback; a group of interface scope stays inside the box on any other. */
    private static InterfaceChoice inside(InetAddress group) throws MulticastException {
        if (group instanceof Inet4Address) {
            return InterfaceChoice.of("lo", Optional.empty(), group);
        }
        for (LocalInterface one : LocalInterface.all()) {
            if (one.usable() && !one.loopback() && one.addresses().stream().anyMatch(Inet6Address.class::isInstance)) {
                return InterfaceChoice.of(one.name(), Optional.empty(), group);
            }
        }
        return Assumptions.abort("needs an interface with an IPv6 address");
    }
}
