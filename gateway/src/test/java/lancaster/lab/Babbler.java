package lancaster.lab;

import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code GROUP PORT INTERFACE SEED}: sends what nobody should, 500 datagrams a second until it is killed: noise of any
 * length, and noise that begins as RTP or MPEG-TS does.
 */
final class Babbler {
    private static final int LIMIT_BYTES = 1472;
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final byte[][] BEGINNINGS = {{}, {(byte) 0x80, 33}, {(byte) 0x80, 96}, {0x47}, {(byte) 0xbf, 33}};

    private Babbler() {}

    public static void main(String[] arguments) throws Exception {
        InetSocketAddress group = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[3]));
        try (DatagramChannel channel = DatagramChannel.open(Heard.family(group.getAddress()))) {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName(arguments[2]));
            while (true) {
                byte[] datagram = new byte[random.nextInt(LIMIT_BYTES)];
                random.nextBytes(datagram);
                byte[] beginning = BEGINNINGS[random.nextInt(BEGINNINGS.length)];
                System.arraycopy(beginning, 0, datagram, 0, Math.min(beginning.length, datagram.length));
                channel.send(ByteBuffer.wrap(datagram), group);
                LockSupport.parkNanos(PERIOD_NS);
            }
        }
    }
}
