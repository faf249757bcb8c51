package lancaster.multicast.net;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramChannelConfig;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lancaster.multicast.Dscp;
import lancaster.multicast.MulticastSettings;
import lancaster.net.Transport;

/**
 * The options that make a socket send to a group as it is set. On Linux they are set by their numbers (ip(7), ipv6(7)),
 * for both families alike and the interface by its index, whatever addresses it has.
 */
final class SenderOptions {
    /** A burst of all streams; the kernel cuts it to what it allows. */
    private static final int SEND_BUFFER_BYTES = 4 << 20;

    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;
    /** struct ip_mreqn: group, address, interface index. */
    private static final int MREQN_BYTES = 12;

    private static final int MREQN_INDEX = 8;

    private static final RawUnixChannelOption IP_MULTICAST_IF =
            new RawUnixChannelOption("LANCASTER_IP_MULTICAST_IF", IPPROTO_IP, 32, MREQN_BYTES);
    private static final IntegerUnixChannelOption IP_MULTICAST_TTL = ipv4("IP_MULTICAST_TTL", 33);
    private static final IntegerUnixChannelOption IP_MULTICAST_LOOP = ipv4("IP_MULTICAST_LOOP", 34);
    private static final IntegerUnixChannelOption IP_TOS = ipv4("IP_TOS", 1);
    private static final IntegerUnixChannelOption IPV6_MULTICAST_IF = ipv6("IPV6_MULTICAST_IF", 17);
    private static final IntegerUnixChannelOption IPV6_MULTICAST_HOPS = ipv6("IPV6_MULTICAST_HOPS", 18);
    private static final IntegerUnixChannelOption IPV6_MULTICAST_LOOP = ipv6("IPV6_MULTICAST_LOOP", 19);
    private static final IntegerUnixChannelOption IPV6_TCLASS = ipv6("IPV6_TCLASS", 67);

    private SenderOptions() {}

    /** On a socket that is not bound yet. */
    static void set(DatagramChannel channel, MulticastSettings settings, Transport transport) {
        DatagramChannelConfig config = channel.config();
        config.setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        if (transport == Transport.NIO) {
            config.setOption(NioChannelOption.of(StandardSocketOptions.IP_MULTICAST_IF), settings.networkInterface());
        } else if (settings.isIpv6()) {
            config.setOption(IPV6_MULTICAST_IF, settings.networkInterface().getIndex());
        } else {
            ByteBuffer request = ByteBuffer.allocate(MREQN_BYTES).order(ByteOrder.nativeOrder());
            config.setOption(
                    IP_MULTICAST_IF,
                    request.putInt(MREQN_INDEX, settings.networkInterface().getIndex()));
        }
        adjust(channel, settings, transport);
    }

    /** What may change while the socket sends: TTL, DSCP, loopback. */
    static void adjust(DatagramChannel channel, MulticastSettings settings, Transport transport) {
        DatagramChannelConfig config = channel.config();
        int trafficClass = Dscp.trafficClass(settings.dscp());
        if (transport == Transport.NIO) {
            // By their own names: Netty's loopback option says the contrary of what it is called.
            config.setOption(NioChannelOption.of(StandardSocketOptions.IP_MULTICAST_TTL), settings.ttl());
            config.setOption(NioChannelOption.of(StandardSocketOptions.IP_MULTICAST_LOOP), settings.loopback());
            config.setOption(NioChannelOption.of(StandardSocketOptions.IP_TOS), trafficClass);
            return;
        }
        boolean ipv6 = settings.isIpv6();
        config.setOption(ipv6 ? IPV6_MULTICAST_HOPS : IP_MULTICAST_TTL, settings.ttl());
        config.setOption(ipv6 ? IPV6_MULTICAST_LOOP : IP_MULTICAST_LOOP, settings.loopback() ? 1 : 0);
        config.setOption(ipv6 ? IPV6_TCLASS : IP_TOS, trafficClass);
    }

    private static IntegerUnixChannelOption ipv4(String name, int number) {
        return new IntegerUnixChannelOption("LANCASTER_" + name, IPPROTO_IP, number);
    }

    private static IntegerUnixChannelOption ipv6(String name, int number) {
        return new IntegerUnixChannelOption("LANCASTER_" + name, IPPROTO_IPV6, number);
    }
}
