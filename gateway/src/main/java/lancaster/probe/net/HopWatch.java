package lancaster.probe.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.igmp.IpPacket;
import lancaster.igmp.net.PacketSocket;

/**
 * Looks at the packets of a group for what sockets don't tell: how many hops they may still go, and their DSCP. Ends with
 * the first. Owner: the multicast loop.
 */
final class HopWatch implements AutoCloseable {
    private static final int MAX_AT_A_TIME = 500;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int DSCP_SHIFT = 2;

    private final PacketSocket socket;
    private final InetSocketAddress group;

    private HopWatch(PacketSocket socket, InetSocketAddress group) {
        this.socket = socket;
        this.group = group;
    }

    /** Empty without the right CAP_NET_RAW. */
    static Optional<HopWatch> open(NetworkInterface nif, InetSocketAddress group) {
        try {
            return Optional.of(new HopWatch(PacketSocket.forMulticast(nif), group));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What the packets say, once one was seen. */
    Optional<String> seen() {
        try {
            for (int i = 0; i < MAX_AT_A_TIME; i++) {
                Optional<Bytes> packet = socket.receive(0);
                if (packet.isEmpty()) {
                    return Optional.empty();
                }
                Optional<IpPacket> ip = packet.flatMap(IpPacket::parse).filter(this::isOurs);
                if (ip.isPresent()) {
                    close();
                    return Optional.of("arrives with TTL " + ip.get().ttl() + ", DSCP "
                            + (ip.get().trafficClass() >> DSCP_SHIFT));
                }
            }
        } catch (IOException e) {
            close();
        }
        return Optional.empty();
    }

    private boolean isOurs(IpPacket ip) {
        return ip.to().equals(group.getAddress())
                && ip.first()
                && ip.payload().length() >= UDP_HEADER_BYTES
                && ip.payload().u16(2) == group.getPort();
    }

    @Override
    public void close() {
        socket.close();
    }
}
