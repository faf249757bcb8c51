package lancaster.igmp.net;

import static lancaster.igmp.MembershipPackets.ip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import lancaster.igmp.Joins;
import lancaster.kit.Requirement;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import org.junit.jupiter.api.Test;

/** Hears this host's own reports, which the loopback interface brings back. Needs the right CAP_NET_RAW. */
class JoinListenerTest {
    private static final InetAddress GROUP = ip("232.43.211.7");
    private static final Optional<InetAddress> SOURCE = Optional.of(ip("127.0.0.9"));

    /** A loop whose tasks the test itself runs. */
    private static final class HeldLoop implements RunLoop {
        private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

        @Override
        public long nowNs() {
            return System.nanoTime();
        }

        @Override
        public Timer schedule(long delayNs, Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public boolean inLoop() {
            return true;
        }

        void runUntil(BooleanSupplier done) throws InterruptedException {
            while (!done.getAsBoolean()) {
                Runnable task = tasks.poll(20, TimeUnit.SECONDS);
                assertTrue(task != null, "nothing was heard for 20 s");
                task.run();
            }
        }
    }

    private static int hosts(JoinListener listener, Optional<InetAddress> source) {
        if (listener.ended()) {
            throw Requirement.missing("the right to listen to packets ("
                    + listener.joins(GROUP, source).unknown() + ")");
        }
        return listener.joins(GROUP, source).joins().map(Joins::hosts).orElse(0);
    }

    @Test
    void hearsWhoJoinsAndLeaves() throws Exception {
        HeldLoop loop = new HeldLoop();
        NetworkInterface lo = NetworkInterface.getByName("lo");
        try (JoinListener listener = JoinListener.start(lo, loop);
                DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            listener.watch(GROUP);
            assertEquals("listening begins", listener.joins(GROUP, SOURCE).unknown());
            // It hears from then on.
            loop.runUntil(() ->
                    listener.ended() || !listener.joins(GROUP, SOURCE).unknown().equals("listening begins"));
            MembershipKey key = channel.join(GROUP, lo, SOURCE.get());
            loop.runUntil(() -> hosts(listener, SOURCE) == 1);
            assertEquals(0, hosts(listener, Optional.of(ip("127.0.0.10"))));
            assertTrue(listener.joins(GROUP, SOURCE).ageNs().isPresent());
            key.drop();
            loop.runUntil(() -> hosts(listener, SOURCE) == 0);
            assertEquals("", listener.joins(GROUP, SOURCE).unknown());
        }
    }

    @Test
    void mapsGroupsToEthernetAddresses() {
        assertArrayEquals(new byte[] {1, 0, 0x5E, 0x0B, 1, 2}, PacketSocket.ethernetAddress(ip("239.139.1.2")));
        assertArrayEquals(
                new byte[] {0x33, 0x33, (byte) 0x80, 0, 0, 1}, PacketSocket.ethernetAddress(ip("ff3e::8000:1")));
    }
}
