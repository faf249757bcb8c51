package lancaster.lab;

import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code GROUP PORT INTERFACE TTL COUNT}: sends numbered datagrams of 1316 bytes to a group, 500 a second. */
final class Talker {
    private static final int BYTES = 1316;
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private Talker() {}

    public static void main(String[] arguments) throws Exception {
        InetSocketAddress group = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        StandardProtocolFamily family = Heard.family(group.getAddress());
        try (DatagramChannel channel = DatagramChannel.open(family)) {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName(arguments[2]));
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, Integer.parseInt(arguments[3]));
            int count = Integer.parseInt(arguments[4]);
            long startNs = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long waitNs = startNs + i * PERIOD_NS - System.nanoTime();
                if (waitNs > 0) {
                    LockSupport.parkNanos(waitNs);
                }
                channel.send(ByteBuffer.allocate(BYTES).putInt(0, i), group);
            }
        }
    }
}
