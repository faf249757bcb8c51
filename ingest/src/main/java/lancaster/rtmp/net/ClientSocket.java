package lancaster.rtmp.net;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import lancaster.net.NettyRunLoop;
import lancaster.rtmp.session.RtmpClientConnection;
import lancaster.rtmp.session.RtmpClientSession;
import lancaster.rtmp.session.RtmpUrl;

/** Connects a client's socket and ties its session to it. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is what we act upon
final class ClientSocket {
    /** The channel is writable again when three quarters of what may wait are gone. */
    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(RtmpClientSession.SOCKET_BYTES / 4, RtmpClientSession.SOCKET_BYTES);

    private static final int CONNECT_TIMEOUT_MS = 10_000;

    private ClientSocket() {}

    /** Looks the host up. */
    static InetSocketAddress server(RtmpUrl url) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(url.host()), url.port());
    }

    static RandomGenerator random() {
        return new SplittableRandom(new SecureRandom().nextLong());
    }

    /** On {@code loop}. */
    static void connect(
            SocketChannel channel,
            NettyRunLoop loop,
            RtmpUrl url,
            RtmpClientTls tls,
            InetSocketAddress server,
            RtmpClientConnection connection) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS);
        channel.config().setWriteBufferWaterMark(WATER_MARK);
        if (url.tls()) {
            channel.pipeline().addLast(tls.handler(url, CONNECT_TIMEOUT_MS));
        }
        channel.pipeline().addLast(new RtmpClientHandler(connection));
        loop.lookWithin(0);
        ChannelFuture registered = loop.eventLoop().register(channel);
        registered.addListener((ChannelFutureListener)
                ready -> channel.connect(server).addListener((ChannelFutureListener) connected -> {
                    if (!connected.isSuccess()) {
                        connection.onClosed(
                                "can't connect: " + connected.cause().getMessage());
                        channel.close();
                    }
                }));
    }
}
