package lancaster.igmp.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import lancaster.bytes.Bytes;
import lancaster.igmp.HeardJoins;
import lancaster.igmp.HeardMessage;
import lancaster.igmp.LinkMembers;
import lancaster.igmp.MembershipReader;
import lancaster.runloop.RunLoop;

/**
 * Hears on an interface who joins which group. Owner: the loop that was handed in; a thread of its own opens the socket,
 * for which native code is loaded, and waits for packets, of which there are few.
 */
public final class JoinListener implements AutoCloseable {
    private static final int WAIT_MS = 1_000;
    /** Messages that wait for the loop; more than that are dropped, as by a busy network. */
    private static final int MAX_WAITING = 256;
    /** Where hosts of IGMPv3 and MLDv2 report to. */
    private static final List<InetAddress> ROUTERS = List.of(address("224.0.0.22"), address("ff02::16"));
    /** Where queries and old leaves go. */
    private static final List<InetAddress> LINK =
            List.of(address("224.0.0.1"), address("224.0.0.2"), address("ff02::1"), address("ff02::2"));

    private final NetworkInterface nif;
    private final RunLoop loop;
    private final MembershipReader reader = new MembershipReader();
    private final LinkMembers members = new LinkMembers();
    /** What the thread has to do yet. */
    private final Queue<InetAddress> wanted = new ConcurrentLinkedQueue<>();

    private final Semaphore room = new Semaphore(MAX_WAITING);
    private Optional<String> failure = Optional.of("listening begins");
    private boolean ended;
    private volatile boolean closed;

    private JoinListener(NetworkInterface nif, RunLoop loop) {
        this.nif = nif;
        this.loop = loop;
    }

    /** Where the right CAP_NET_RAW is missing, or native calls don't work, nothing is known, and {@link #joins} says so. */
    public static JoinListener start(NetworkInterface nif, RunLoop loop) {
        JoinListener listener = new JoinListener(nif, loop);
        Thread thread = new Thread(listener::listen, "joins-" + nif.getName());
        thread.setDaemon(true);
        thread.start();
        return listener;
    }

    /** Hears hosts of the older versions too, who report a group to the group itself; within a moment. */
    public void watch(InetAddress group) {
        members.watch(group);
        wanted.add(group);
    }

    /** How many hosts were heard that receive {@code group}: of {@code source}, or of any where none is given. */
    public HeardJoins joins(InetAddress group, Optional<InetAddress> source) {
        return failure.map(HeardJoins::unknown).orElseGet(() -> members.joins(group, source, loop.nowNs()));
    }

    /** Whether it hears nothing any more; {@link #joins} says why. */
    public boolean ended() {
        return ended;
    }

    private void listen() {
        try (PacketSocket socket = PacketSocket.forMembership(nif)) {
            for (InetAddress address : ROUTERS) {
                socket.listen(address);
            }
            for (InetAddress address : LINK) {
                socket.listen(address);
            }
            loop.execute(() -> failure = Optional.empty());
            while (!closed) {
                for (InetAddress group = wanted.poll(); group != null; group = wanted.poll()) {
                    socket.listen(group);
                }
                Optional<HeardMessage> heard = receive(socket);
                if (heard.isPresent() && !closed && room.tryAcquire()) {
                    loop.execute(() -> onMessage(heard.get()));
                }
            }
        } catch (IOException e) {
            if (!closed) {
                String why = String.valueOf(e.getMessage());
                loop.execute(() -> {
                    ended = true;
                    failure = Optional.of(why);
                });
            }
        }
    }

    private Optional<HeardMessage> receive(PacketSocket socket) throws IOException {
        Optional<Bytes> packet = socket.receive(WAIT_MS);
        return packet.isEmpty() ? Optional.empty() : reader.read(packet.get());
    }

    private void onMessage(HeardMessage heard) {
        room.release();
        members.onMessage(heard, loop.nowNs());
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
