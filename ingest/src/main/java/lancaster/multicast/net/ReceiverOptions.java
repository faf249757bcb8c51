package lancaster.multicast.net;

import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramChannelConfig;
import io.netty.channel.unix.IntegerUnixChannelOption;
import lancaster.multicast.ReceiverSettings;
import lancaster.net.Transport;

/** The options of a socket that receives a stream of datagrams. */
final class ReceiverOptions {
    /** The largest datagram that is taken: what fits into an Ethernet jumbo frame. */
    static final int DATAGRAM_LIMIT_BYTES = 9_216;
    /** Datagrams that one call to the kernel brings. */
    private static final int DATAGRAMS_A_CALL = 16;

    private static final int IPPROTO_IPV6 = 41;
    private static final IntegerUnixChannelOption IPV6_MULTICAST_ALL =
            new IntegerUnixChannelOption("LANCASTER_IPV6_MULTICAST_ALL", IPPROTO_IPV6, 29);

    private ReceiverOptions() {}

    /** On a socket that isn't bound yet. */
    static void set(DatagramChannel channel, ReceiverSettings settings, Transport transport) {
        DatagramChannelConfig config = channel.config();
        config.setOption(ChannelOption.SO_RCVBUF, settings.receiveBufferBytes());
        boolean group = settings.networkInterface().isPresent();
        // Everyone on this box who joins a group gets it; of a unicast datagram there is one.
        config.setOption(ChannelOption.SO_REUSEADDR, group);
        if (transport == Transport.NIO) {
            config.setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_LIMIT_BYTES));
            return;
        }
        config.setOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(DATAGRAM_LIMIT_BYTES * DATAGRAMS_A_CALL));
        config.setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_LIMIT_BYTES);
        if (group) {
            // Else the socket would get what others on this box have joined (ip(7)); Java's own sockets do the same.
            if (settings.isIpv6()) {
                config.setOption(IPV6_MULTICAST_ALL, 0);
            } else {
                config.setOption(EpollChannelOption.IP_MULTICAST_ALL, false);
            }
        }
    }

    /** What the kernel granted: it counts its own bookkeeping, so that it says the double (socket(7)). */
    static int grantedBytes(DatagramChannel channel) {
        int said = channel.config().getReceiveBufferSize();
        return channel instanceof EpollDatagramChannel ? said / 2 : said;
    }
}
