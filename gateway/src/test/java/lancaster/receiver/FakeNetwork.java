package lancaster.receiver;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.kit.SimRunLoop;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.MulticastException;
import lancaster.multicast.ReceiverSettings;
import lancaster.multicast.net.MulticastReceiver;
import lancaster.multicast.net.ReceiverStats;

/** Sockets that get what the test delivers. */
final class FakeNetwork implements Sockets {
    /** A socket, open or not any more. */
    final class FakeSocket implements Joined {
        final ReceiverSettings settings;
        private final MulticastReceiver.Listener listener;
        boolean open = true;
        int rejoins;
        long joinedNs = loop.nowNs();

        FakeSocket(ReceiverSettings settings, MulticastReceiver.Listener listener) {
            this.settings = settings;
            this.listener = listener;
        }

        @Override
        public void rejoin() {
            rejoins++;
            joinedNs = loop.nowNs();
        }

        @Override
        public ReceiverStats stats() {
            return new ReceiverStats(0, 0, 0, Optional.empty(), 0, 4 << 20, 0);
        }

        @Override
        public void close() {
            open = false;
        }
    }

    private final SimRunLoop loop;
    final List<FakeSocket> opened = new ArrayList<>();
    /** Why nothing can be opened; empty: everything can. */
    String failure = "";
    /** How long the network remembers a join; the rest is lost. */
    long memoryNs = Long.MAX_VALUE;

    FakeNetwork(SimRunLoop loop) {
        this.loop = loop;
    }

    @Override
    public Joined open(ReceiverSettings settings, MulticastReceiver.Listener listener) throws MulticastException {
        if (!failure.isEmpty()) {
            throw new MulticastException(failure);
        }
        FakeSocket socket = new FakeSocket(settings, listener);
        opened.add(socket);
        return socket;
    }

    List<FakeSocket> open() {
        return opened.stream().filter(socket -> socket.open).toList();
    }

    /** To everyone who has joined. */
    void deliver(String group, int port, byte[] datagram, String from) {
        InetSocketAddress to = new InetSocketAddress(ip(group), port);
        for (FakeSocket socket : open()) {
            boolean wanted = socket.settings
                    .source()
                    .map(source -> source.equals(ip(from)))
                    .orElse(true);
            boolean remembered = loop.nowNs() - socket.joinedNs < memoryNs;
            if (socket.settings.address().equals(to) && wanted && remembered) {
                ByteBuffer lent = ByteBuffer.allocateDirect(datagram.length + 2)
                        .position(1)
                        .put(datagram)
                        .flip()
                        .position(1);
                socket.listener.onDatagram(lent, new InetSocketAddress(ip(from), 40_000), loop.nowNs());
                // What was lent is gone.
                for (int i = 0; i < lent.capacity(); i++) {
                    lent.clear().put(i, (byte) 0xEE);
                }
            }
        }
    }

    static InetAddress ip(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }
}
