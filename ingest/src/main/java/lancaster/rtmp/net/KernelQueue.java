package lancaster.rtmp.net;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What the kernel holds of a TCP connection and has not sent, as tcp(7) tells by TCP_INFO. */
final class KernelQueue {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    /** struct tcp_info of linux/tcp.h: tcpi_notsent_bytes, the last that is read of it; there since Linux 4.6. */
    private static final int NOTSENT_BYTES_AT = 144;

    private static final RawUnixChannelOption OPTION =
            new RawUnixChannelOption("TCP_INFO", IPPROTO_TCP, TCP_INFO, NOTSENT_BYTES_AT + Integer.BYTES);

    private KernelQueue() {}

    /** 0 where it can't be known. */
    static long unsentBytes(SocketChannel channel) {
        if (!(channel instanceof EpollSocketChannel)) {
            return 0;
        }
        try {
            ByteBuffer info = channel.config().getOption(OPTION);
            return info == null || info.limit() < NOTSENT_BYTES_AT + Integer.BYTES
                    ? 0
                    : info.order(ByteOrder.nativeOrder()).getInt(NOTSENT_BYTES_AT) & 0xFFFF_FFFFL;
        } catch (ChannelException e) {
            // The connection has just gone.
            return 0;
        }
    }
}
