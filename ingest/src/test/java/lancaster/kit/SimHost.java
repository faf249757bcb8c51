package lancaster.kit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A host of a {@link SimNetwork}, with a public address or behind an address translator. */
public final class SimHost implements SimNetwork.Node {
    private final SimNetwork network;
    private final SimLink up;
    private final SimLink down;
    private final Optional<SimNat> nat;
    private final Map<Integer, SimNetwork.Receiver> sockets = new HashMap<>();
    private InetAddress address;

    SimHost(SimNetwork network, InetAddress address, SimLink up, SimLink down) {
        this(network, address, up, down, Optional.empty());
    }

    SimHost(SimNetwork network, InetAddress address, SimLink up, SimLink down, Optional<SimNat> nat) {
        this.network = network;
        this.address = address;
        this.up = up;
        this.down = down;
        this.nat = nat;
    }

    public InetAddress address() {
        return address;
    }

    public SimLink up() {
        return up;
    }

    public SimLink down() {
        return down;
    }

    public InetSocketAddress socket(int port) {
        return new InetSocketAddress(address, port);
    }

    public void bind(int port, SimNetwork.Receiver receiver) {
        sockets.put(port, receiver);
    }

    public void unbind(int port) {
        sockets.remove(port);
    }

    /** Has another public address from now on; only of a host that is not behind a translator. */
    public void moveTo(String newAddress) {
        InetAddress next = SimNetwork.inet(newAddress);
        network.move(this, address, next);
        address = next;
    }

    /** What is in {@code array} is copied. */
    public void send(int port, byte[] array, int offset, int length, InetSocketAddress to) {
        byte[] datagram = Arrays.copyOfRange(array, offset, offset + length);
        InetSocketAddress from = socket(port);
        network.showSent(from, to, datagram);
        up.carry(datagram.length + SimNetwork.HEADER_BYTES, () -> {
            if (nat.isPresent()) {
                nat.get().leave(datagram, from, to);
            } else {
                network.route(datagram, from, to);
            }
        });
    }

    @Override
    public void arrive(byte[] datagram, InetSocketAddress from, InetSocketAddress to) {
        down.carry(datagram.length + SimNetwork.HEADER_BYTES, () -> {
            SimNetwork.Receiver receiver = sockets.get(to.getPort());
            if (receiver != null && to.getAddress().equals(address)) {
                receiver.onDatagram(ByteBuffer.wrap(datagram.clone()), from);
            }
        });
    }
}
