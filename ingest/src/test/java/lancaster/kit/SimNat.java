package lancaster.kit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An address translator of a {@link SimNetwork}. Its mappings last until {@link #forget}. */
public final class SimNat implements SimNetwork.Node {
    private static final int FIRST_PORT = 40_000;

    /** What gets an outer port of its own; {@code to} only counts for symmetric ones. */
    private record Inside(InetSocketAddress host, Optional<InetSocketAddress> to) {}

    private final SimNetwork network;
    private final NatKind kind;
    private final InetAddress address;
    private final SimLink up;
    private final SimLink down;
    private final Map<InetAddress, SimHost> hosts = new HashMap<>();
    private final Map<Inside, Integer> outerPorts = new HashMap<>();
    private final Map<Integer, Inside> insides = new HashMap<>();
    private final Map<Integer, Set<InetSocketAddress>> sentTo = new HashMap<>();
    private int nextPort = FIRST_PORT;

    SimNat(SimNetwork network, NatKind kind, InetAddress address, SimLink up, SimLink down) {
        this.network = network;
        this.kind = kind;
        this.address = address;
        this.up = up;
        this.down = down;
    }

    public InetAddress address() {
        return address;
    }

    /** A host behind this translator, at the end of a perfect link. */
    public SimHost host(String inner) {
        SimHost host = new SimHost(
                network,
                SimNetwork.inet(inner),
                network.link(SimLink.Settings.IDEAL),
                network.link(SimLink.Settings.IDEAL),
                Optional.of(this));
        hosts.put(host.address(), host);
        return host;
    }

    /** As if restarted: what goes out next gets other ports. */
    public void forget() {
        outerPorts.clear();
        insides.clear();
        sentTo.clear();
    }

    void leave(byte[] datagram, InetSocketAddress from, InetSocketAddress to) {
        SimHost neighbour = hosts.get(to.getAddress());
        if (neighbour != null) {
            neighbour.arrive(datagram, from, to);
            return;
        }
        Inside inside = new Inside(from, kind == NatKind.SYMMETRIC ? Optional.of(to) : Optional.empty());
        int port = outerPorts.computeIfAbsent(inside, key -> nextPort++);
        insides.put(port, inside);
        sentTo.computeIfAbsent(port, key -> new HashSet<>()).add(to);
        InetSocketAddress outer = new InetSocketAddress(address, port);
        up.carry(datagram.length + SimNetwork.HEADER_BYTES, () -> network.route(datagram, outer, to));
    }

    @Override
    public void arrive(byte[] datagram, InetSocketAddress from, InetSocketAddress to) {
        down.carry(datagram.length + SimNetwork.HEADER_BYTES, () -> {
            Inside inside = insides.get(to.getPort());
            if (inside != null && letsIn(from, to.getPort())) {
                SimHost host = hosts.get(inside.host.getAddress());
                if (host != null) {
                    host.arrive(datagram, from, inside.host);
                }
            }
        });
    }

    private boolean letsIn(InetSocketAddress from, int port) {
        Set<InetSocketAddress> known = sentTo.getOrDefault(port, Set.of());
        return switch (kind) {
            case FULL_CONE -> true;
            case RESTRICTED_CONE ->
                known.stream().anyMatch(to -> to.getAddress().equals(from.getAddress()));
            case PORT_RESTRICTED_CONE, SYMMETRIC -> known.contains(from);
        };
    }
}
