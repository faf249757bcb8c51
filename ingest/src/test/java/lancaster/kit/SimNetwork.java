package lancaster.kit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Hosts that send datagrams to each other in virtual time, over links with delay, loss and all else that networks do, and
 * through address translators. Everything comes of one seed, so that what a test saw once it sees again.
 */
public final class SimNetwork {
    /** Takes a datagram. */
    @FunctionalInterface
    public interface Receiver {
        void onDatagram(ByteBuffer datagram, InetSocketAddress from);
    }

    /** Sees each datagram as it is sent, before the network does anything to it. */
    @FunctionalInterface
    public interface Tap {
        void onSent(InetSocketAddress from, InetSocketAddress to, ByteBuffer datagram);
    }

    /** Whatever has a public address. */
    interface Node {
        void arrive(byte[] datagram, InetSocketAddress from, InetSocketAddress to);
    }

    /** IPv4 and UDP headers count for rates and MTUs. */
    static final int HEADER_BYTES = 28;

    private final SimRunLoop loop;
    private final RandomGenerator random;
    private final Map<InetAddress, Node> nodes = new HashMap<>();
    private final Set<List<InetAddress>> cuts = new HashSet<>();
    private final List<Tap> taps = new ArrayList<>();

    public SimNetwork(SimRunLoop loop, long seed) {
        this.loop = loop;
        this.random = new SplittableRandom(seed);
    }

    public SimRunLoop loop() {
        return loop;
    }

    /** The source of all chance here; what is tested may draw from it too. */
    public RandomGenerator random() {
        return random;
    }

    public SimLink link(SimLink.Settings settings) {
        return new SimLink(loop, random, settings);
    }

    /** A host with a public address, and links of its own with these settings. */
    public SimHost host(String address, SimLink.Settings settings) {
        return host(address, link(settings), link(settings));
    }

    /** A host with a public address that sends over {@code up} and receives over {@code down}. */
    public SimHost host(String address, SimLink up, SimLink down) {
        SimHost host = new SimHost(this, inet(address), up, down);
        nodes.put(inet(address), host);
        return host;
    }

    /** An address translator with a public address; hosts are put behind it with {@link SimNat#host}. */
    public SimNat nat(NatKind kind, String address, SimLink.Settings settings) {
        SimNat nat = new SimNat(this, kind, inet(address), link(settings), link(settings));
        nodes.put(inet(address), nat);
        return nat;
    }

    /** Shows every datagram that a host sends. */
    public void tap(Tap tap) {
        taps.add(tap);
    }

    /** Nothing goes between these public addresses any more. */
    public void cut(InetAddress one, InetAddress other) {
        cuts.add(List.of(one, other));
        cuts.add(List.of(other, one));
    }

    public void heal() {
        cuts.clear();
    }

    public static InetAddress inet(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    void showSent(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
        taps.forEach(tap -> tap.onSent(from, to, ByteBuffer.wrap(datagram).asReadOnlyBuffer()));
    }

    /** Between public addresses. */
    void route(byte[] datagram, InetSocketAddress from, InetSocketAddress to) {
        Node node = nodes.get(to.getAddress());
        if (node != null && !cuts.contains(List.of(from.getAddress(), to.getAddress()))) {
            node.arrive(datagram, from, to);
        }
    }

    void move(Node node, InetAddress from, InetAddress to) {
        nodes.remove(from, node);
        nodes.put(to, node);
    }
}
