package lancaster.multicast.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lancaster.kit.NettyLeaks;
import lancaster.kit.Requirement;
import lancaster.multicast.Dscp;
import lancaster.multicast.InterfaceChoice;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.LocalInterface;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastGroup;
import lancaster.multicast.MulticastSettings;
import lancaster.multicast.ReceiverSettings;
import lancaster.net.Loops;
import lancaster.net.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real sockets on loopback. */
@ExtendWith(NettyLeaks.class)
class MulticastReceiverTest {
    private static final int PATIENCE_S = 10;

    /** What came, as text, and from where. */
    private record Heard(String text, InetSocketAddress from) {}

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @CsvSource({
        "EPOLL,239.255.12.6,any", "NIO,239.255.12.6,any", "EPOLL,ff11::1:6,any", "NIO,ff11::1:6,any",
        "EPOLL,232.255.12.6,own", "NIO,232.255.12.6,own", "EPOLL,ff31::8000:6,own", "NIO,ff31::8000:6,own"
    })
    void whatIsSentToTheGroupComesInWithItsSender(Transport transport, String address, String source) throws Exception {
        requires(transport);
        int port = freePort();
        MulticastGroup group = group(address, port);
        InetAddress own = choice(group).source();
        MulticastGroup joined = source.equals("own") ? group.withSource(own) : group;
        try (Loops loops = Loops.start(1, transport);
                MulticastReceiver receiver = open(joined, loops);
                MulticastSender sender = sender(group, loops)) {
            for (String text : new String[] {"one", "two", "three"}) {
                send(loops, sender, text);
                assertEquals(
                        new Heard(
                                text,
                                new InetSocketAddress(own, sender.localAddress().getPort())),
                        next());
            }
            ReceiverStats stats = receiver.stats();
            assertEquals(3, stats.datagrams());
            assertEquals(11, stats.bytes());
            assertTrue(stats.receiveBufferBytes() > 100_000, () -> "" + stats);
            assertEquals(transport == Transport.EPOLL ? 0 : SocketDrops.UNKNOWN, stats.kernelDrops());
        }
    }

    @ParameterizedTest
    @EnumSource
    void otherGroupsOnThePortStayOutside(Transport transport) throws Exception {
        requires(transport);
        int port = freePort();
        try (Loops loops = Loops.start(1, transport);
                MulticastReceiver other = MulticastReceiver.open(
                        group("239.255.12.8", port), loopback(), loops, (data, from, arrivalNs) -> {});
                MulticastReceiver receiver = open(group("239.255.12.7", port), loops);
                MulticastSender toOther = sender(group("239.255.12.8", port), loops);
                MulticastSender toUs = sender(group("239.255.12.7", port), loops)) {
            send(loops, toOther, "other");
            send(loops, toUs, "ours");
            assertEquals("ours", next().text());
            assertEquals(1, receiver.stats().datagrams());
            assertEquals(port, other.localAddress().getPort());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatWasNotAskedForStaysOutside(Transport transport) throws Exception {
        requires(transport);
        MulticastGroup group = group("232.255.12.9", freePort());
        try (Loops loops = Loops.start(1, transport);
                MulticastReceiver receiver = open(group.withSource(ip("127.0.0.9")), loops);
                MulticastReceiver witness = open(group.withSource(ip("127.0.0.1")), loops);
                MulticastSender sender = sender(group, loops)) {
            send(loops, sender, "hello");
            assertEquals("hello", next().text());
            assertEquals(1, witness.stats().datagrams());
            assertEquals(0, receiver.stats().datagrams());
        }
    }

    @ParameterizedTest
    @EnumSource
    void joinsAnewWithoutLosingTheSocket(Transport transport) throws Exception {
        requires(transport);
        MulticastGroup group = group("232.255.12.10", freePort()).withSource(ip("127.0.0.1"));
        try (Loops loops = Loops.start(1, transport);
                MulticastReceiver receiver = open(group, loops);
                MulticastSender sender = sender(group, loops)) {
            send(loops, sender, "before");
            assertEquals("before", next().text());
            receiver.rejoin();
            send(loops, sender, "after");
            assertEquals("after", next().text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void listensOnAnAddressOfThisBoxAndTellsForeignSenders(Transport transport) throws Exception {
        requires(transport);
        InetAddress loopback = ip("127.0.0.1");
        ReceiverSettings settings = ReceiverSettings.unicast(new InetSocketAddress(loopback, 0), Optional.of(loopback));
        try (Loops loops = Loops.start(1, transport);
                MulticastReceiver receiver = MulticastReceiver.open(settings, loops, this::onDatagram);
                DatagramSocket ours = new DatagramSocket(new InetSocketAddress(loopback, 0));
                DatagramSocket foreign = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0))) {
            send(foreign, "foreign", receiver.localAddress());
            send(ours, "ours", receiver.localAddress());
            assertEquals("ours", next().text());
            assertEquals(1, receiver.stats().foreign());
            assertEquals(
                    Optional.of(foreign.getLocalSocketAddress()),
                    receiver.stats().lastForeign());
        }
    }

    @ParameterizedTest
    @EnumSource
    void datagramsBeyondAnyThatIsExpectedAreDroppedAndCounted(Transport transport) throws Exception {
        requires(transport);
        InetAddress loopback = ip("127.0.0.1");
        ReceiverSettings settings = ReceiverSettings.unicast(new InetSocketAddress(loopback, 0), Optional.empty());
        try (Loops loops = Loops.start(1, transport);
                MulticastReceiver receiver = MulticastReceiver.open(settings, loops, this::onDatagram);
                DatagramSocket sender = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            send(sender, "x".repeat(20_000), receiver.localAddress());
            send(sender, "y", receiver.localAddress());
            assertEquals("y", next().text());
            assertEquals(1, receiver.stats().truncated());
        }
    }

    @Test
    void saysWhatCanNotBeHad() throws Exception {
        InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.1", 5004);
        try (Loops loops = Loops.start(1)) {
            MulticastException refused = assertThrows(
                    MulticastException.class,
                    () -> MulticastReceiver.open(
                            ReceiverSettings.unicast(elsewhere, Optional.empty()), loops, this::onDatagram));
            assertTrue(refused.getMessage().startsWith("can't receive 192.0.2.1:5004: "), refused.getMessage());
            assertTrue(refused.getMessage().contains("there is lo (127.0.0.1"), refused.getMessage());
        }
    }

    private MulticastReceiver open(MulticastGroup group, Loops loops) throws IOException {
        return MulticastReceiver.open(group, choice(group).networkInterface(), loops, this::onDatagram);
    }

    private void onDatagram(ByteBuffer data, InetSocketAddress from, long arrivalNs) {
        assertTrue(arrivalNs <= System.nanoTime());
        heard.add(new Heard(StandardCharsets.US_ASCII.decode(data).toString(), from));
    }

    private Heard next() throws InterruptedException {
        Heard next = heard.poll(PATIENCE_S, TimeUnit.SECONDS);
        assertTrue(next != null, "nothing came");
        return next;
    }

    private static void send(Loops loops, MulticastSender sender, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        loops.multicast().execute(() -> sender.send(bytes, 0, bytes.length, 1328));
    }

    private static void send(DatagramSocket socket, String text, InetSocketAddress to) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        socket.send(new java.net.DatagramPacket(bytes, bytes.length, to));
    }

    private static MulticastSender sender(MulticastGroup group, Loops loops) throws IOException {
        InterfaceChoice choice = choice(group);
        return MulticastSender.open(
                new MulticastSettings(
                        group.socketAddress(), choice.networkInterface(), choice.source(), 0, Dscp.AF41, true),
                loops);
    }

    /** IPv6 multicast has no route on loopback; a group of interface scope stays inside the box on any other. */
    private static InterfaceChoice choice(MulticastGroup group) throws MulticastException {
        String name = "lo";
        if (group.isIpv6()) {
            name = LocalInterface.all().stream()
                    .filter(one -> one.usable() && !one.loopback())
                    .filter(one -> one.addresses().stream().anyMatch(Inet6Address.class::isInstance))
                    .findFirst()
                    .orElseThrow(() -> Requirement.missing("an interface with IPv6"))
                    .name();
        }
        return InterfaceChoice.of(name, Optional.empty(), group.address());
    }

    private static NetworkInterface loopback() throws IOException {
        return NetworkInterface.getByName("lo");
    }

    private static MulticastGroup group(String address, int port) {
        return MulticastGroup.parse((address.contains(":") ? "[" + address + "]" : address) + ":" + port);
    }

    private static InetAddress ip(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        }
    }

    private static void requires(Transport transport) {
        if (transport == Transport.EPOLL && !Epoll.isAvailable()) {
            throw Requirement.missing("epoll");
        }
    }
}
