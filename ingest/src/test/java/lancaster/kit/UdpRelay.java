package lancaster.kit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;

/**
 * An address translator on loopback with one host behind it: carries datagrams to a server and back, from a port of its
 * own that can change in between.
 */
public final class UdpRelay implements AutoCloseable {
    private static final int MAX_DATAGRAM_BYTES = 65_535;

    private final InetSocketAddress server;
    private final DatagramSocket inside = socket();
    private volatile DatagramSocket outside = socket();
    /** Whoever sent last. */
    private volatile SocketAddress host = inside.getLocalSocketAddress();

    public UdpRelay(InetSocketAddress server) throws SocketException {
        this.server = server;
        start("inside", () -> carryOut());
        carryIn(outside);
    }

    private static DatagramSocket socket() throws SocketException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, "relay-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where the host finds it. */
    public InetSocketAddress address() {
        return (InetSocketAddress) inside.getLocalSocketAddress();
    }

    /** From where the server sees the host. */
    public InetSocketAddress seen() {
        return (InetSocketAddress) outside.getLocalSocketAddress();
    }

    /** From now on the host is seen at another port, and nothing comes in by the old one. */
    public void move() throws SocketException {
        DatagramSocket old = outside;
        outside = socket();
        carryIn(outside);
        old.close();
    }

    private void carryOut() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        while (!inside.isClosed()) {
            try {
                packet.setLength(MAX_DATAGRAM_BYTES);
                inside.receive(packet);
                host = packet.getSocketAddress();
                packet.setSocketAddress(server);
                outside.send(packet);
            } catch (IOException e) {
                // Closed, or it moves just now: a network loses datagrams.
            }
        }
    }

    private void carryIn(DatagramSocket from) {
        start("outside", () -> {
            DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
            while (!from.isClosed()) {
                try {
                    packet.setLength(MAX_DATAGRAM_BYTES);
                    from.receive(packet);
                    packet.setSocketAddress(host);
                    inside.send(packet);
                } catch (IOException e) {
                    // Likewise.
                }
            }
        });
    }

    @Override
    public void close() {
        inside.close();
        outside.close();
    }
}
