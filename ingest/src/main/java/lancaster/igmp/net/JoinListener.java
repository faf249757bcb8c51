package lancaster.igmp.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.igmp.HeardMessage;
import lancaster.igmp.HeardQuerier;
import lancaster.igmp.Joins;
import lancaster.igmp.MembershipReader;
import lancaster.igmp.MembershipTable;
import lancaster.igmp.Queriers;
import lancaster.runloop.RunLoop;

/**
 * Hears on an interface who joins which group and who asks. Everything but {@link #open} and {@link #close} is called on
 * the loop that was handed in; a thread of its own waits for packets, of which there are few.
 */
public final class JoinListener implements AutoCloseable {
    private static final int WAIT_MS = 250;
    /** Messages that wait for the loop; more than that are dropped, as by a busy network. */
    private static final int MAX_WAITING = 256;
    /** Where hosts of IGMPv3 and MLDv2 report to. */
    private static final List<InetAddress> ROUTERS = List.of(address("224.0.0.22"), address("ff02::16"));
    /** Where queries and old leaves go. */
    private static final List<InetAddress> LINK =
            List.of(address("224.0.0.1"), address("224.0.0.2"), address("ff02::1"), address("ff02::2"));

    private final PacketSocket socket;
    private final RunLoop loop;
    private final MembershipReader reader = new MembershipReader();
    private final MembershipTable table = new MembershipTable();
    private final Queriers queriers = new Queriers();
    private final java.util.concurrent.Semaphore room = new java.util.concurrent.Semaphore(MAX_WAITING);
    private final Thread thread;
    private volatile boolean closed;

    private JoinListener(PacketSocket socket, String interfaceName, RunLoop loop) {
        this.socket = socket;
        this.loop = loop;
        thread = new Thread(this::listen, "joins-" + interfaceName);
        thread.setDaemon(true);
    }

    /** Fails where the right CAP_NET_RAW is missing, or native calls don't work: then nothing can be known. */
    public static JoinListener open(NetworkInterface nif, RunLoop loop) throws IOException {
        PacketSocket socket = PacketSocket.forMembership(nif);
        try {
            for (InetAddress address : ROUTERS) {
                socket.listen(address);
            }
            for (InetAddress address : LINK) {
                socket.listen(address);
            }
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        JoinListener listener = new JoinListener(socket, nif.getName(), loop);
        listener.thread.start();
        return listener;
    }

    /** Hears hosts of the older versions too, who report a group to the group itself. */
    public void watch(InetAddress group) throws IOException {
        socket.listen(group);
    }

    /** How many hosts were heard that receive {@code group}: of {@code source}, or of any where none is given. */
    public Joins joins(InetAddress group, Optional<InetAddress> source) {
        return table.joins(group, source, loop.nowNs());
    }

    /** Who sent general queries since listening began. */
    public List<HeardQuerier> queriers() {
        return queriers.all();
    }

    private void listen() {
        try {
            while (!closed) {
                Optional<HeardMessage> heard = receive();
                if (heard.isPresent() && room.tryAcquire()) {
                    loop.execute(() -> onMessage(heard.get()));
                }
            }
        } catch (IOException e) {
            // The interface is gone: what was heard expires by itself.
        } finally {
            socket.close();
        }
    }

    private Optional<HeardMessage> receive() throws IOException {
        Optional<Bytes> packet = socket.receive(WAIT_MS);
        return packet.isEmpty() ? Optional.empty() : reader.read(packet.get());
    }

    private void onMessage(HeardMessage heard) {
        room.release();
        table.onMessage(heard, loop.nowNs());
        queriers.onMessage(heard, loop.nowNs());
    }

    /** Ends within a moment; the thread closes what it uses. */
    @Override
    public void close() {
        closed = true;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (java.net.UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
