package lancaster.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The least that a program in Java can use which sends in time: a thread that sleeps to each moment and sends a datagram. */
final class BareLoop {
    private static final int DATAGRAM_BYTES = 12 + 7 * 188;
    /** Until all of it is compiled. */
    private static final int WARM_UP = 30_000;

    private final InetSocketAddress group;
    private final long intervalNs;

    BareLoop(InetSocketAddress group, double wakeUpsPerSecond) {
        this.group = group;
        this.intervalNs = (long) (1e9 / wakeUpsPerSecond);
    }

    void run(BooleanSupplier stopped) throws IOException {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
            channel.connect(group);
            ByteBuffer datagram = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
            turns(channel, datagram, WARM_UP, 1, stopped);
            System.out.println("ready");
            turns(channel, datagram, Long.MAX_VALUE, intervalNs, stopped);
        }
    }

    private static void turns(
            DatagramChannel channel, ByteBuffer datagram, long count, long intervalNs, BooleanSupplier stopped)
            throws IOException {
        long nextNs = System.nanoTime();
        for (long i = 0; i < count && !stopped.getAsBoolean(); i++) {
            nextNs += intervalNs;
            LockSupport.parkNanos(Math.max(1, nextNs - System.nanoTime()));
            channel.write(datagram.clear());
        }
    }
}
