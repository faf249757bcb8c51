package lancaster.rtp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lancaster.bytes.Bytes;

/** Sockets on loopback: an even port and those 2 and 4 above it, for media, columns and rows. */
public final class UdpPorts implements AutoCloseable {
    private static final int[] OFFSETS = {0, 2, 4};
    private static final int RECEIVE_BUFFER = 8 << 20;
    private static final int TRIES = 100;

    /** A datagram, and on which port it came: 0, 2 or 4 above the first. */
    public record Datagram(int portOffset, Bytes bytes) {}

    private final List<DatagramChannel> channels = new ArrayList<>();
    private final Selector selector;
    private final int port;

    private UdpPorts(int port) throws IOException {
        this.port = port;
        this.selector = Selector.open();
        try {
            for (int offset : OFFSETS) {
                DatagramChannel channel = DatagramChannel.open();
                channels.add(channel);
                channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
                channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + offset));
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, offset);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Three ports that nobody has. */
    public static UdpPorts open() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            try {
                return new UdpPorts(freePort() & ~1);
            } catch (BindException e) {
                // One of the three is taken.
            }
        }
        throw new IOException("no three ports are free");
    }

    /** A port that somebody else may bind now; even, and with those above it free a moment ago. */
    public static int free() throws IOException {
        try (UdpPorts ports = open()) {
            return ports.port();
        }
    }

    private static int freePort() throws IOException {
        try (DatagramChannel any = DatagramChannel.open()) {
            any.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return ((InetSocketAddress) any.getLocalAddress()).getPort();
        }
    }

    public int port() {
        return port;
    }

    /** What comes until nothing has come for {@code silenceMs}, but at first waits for up to half a minute. */
    public List<Datagram> receive(long silenceMs) throws IOException {
        List<Datagram> received = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long waitMs = TimeUnit.SECONDS.toMillis(30);
        while (selector.select(waitMs) > 0) {
            waitMs = silenceMs;
            for (SelectionKey key : selector.selectedKeys()) {
                DatagramChannel channel = (DatagramChannel) key.channel();
                // One at a time of each port: as near to the order they were sent in as can be known.
                if (channel.receive(buffer.clear()) != null) {
                    received.add(new Datagram((Integer) key.attachment(), Bytes.copyOf(buffer.flip())));
                }
            }
            selector.selectedKeys().clear();
        }
        return received;
    }

    /** Sends from one of the ports to the same port of another. */
    public static void send(DatagramChannel from, int port, Bytes bytes) throws IOException {
        from.send(bytes.buffer(), new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
