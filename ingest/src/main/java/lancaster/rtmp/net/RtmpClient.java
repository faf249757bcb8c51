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
import lancaster.media.MediaEvent;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpClientSession;
import lancaster.rtmp.session.RtmpClientSettings;
import lancaster.rtmp.session.RtmpClientStats;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.runloop.RunLoop;

/** Publishes to an RTMP server over TCP. Owned by {@link #loop}; whether to try again is up to its owner. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is what we act upon
public final class RtmpClient {
    /** The channel is writable again when three quarters of what may wait are gone. */
    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(RtmpClientSession.SOCKET_BYTES / 4, RtmpClientSession.SOCKET_BYTES);

    private static final int CONNECT_TIMEOUT_MS = 10_000;

    private final NettyRunLoop loop;
    private final SocketChannel channel;
    private final RtmpClientSession session;

    private RtmpClient(
            RtmpUrl url,
            RtmpClientSettings settings,
            NettyRunLoop loop,
            SocketChannel channel,
            RtmpClientListener listener) {
        this.loop = loop;
        this.channel = channel;
        SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
        session = new RtmpClientSession(url, settings, loop, random, new ChannelTransport(channel), listener);
    }

    /**
     * Begins to connect, from any thread.
     *
     * @param listener told of everything else, on the client's loop
     * @throws UnknownHostException where the host's name, which is looked up meanwhile, isn't known
     */
    public static RtmpClient publish(RtmpUrl url, RtmpClientSettings settings, Loops loops, RtmpClientListener listener)
            throws UnknownHostException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getByName(url.host()), url.port());
        SocketChannel channel = loops.transport().newSocket();
        RtmpClient client = new RtmpClient(url, settings, loops.publish(), channel, listener);
        client.loop.execute(() -> client.connect(server));
        return client;
    }

    public RunLoop loop() {
        return loop;
    }

    /** Queues media, from the first moment on. On the loop. */
    public void send(MediaEvent event) {
        session.send(event);
    }

    /** On the loop. */
    public RtmpClientStats stats() {
        return session.stats();
    }

    /** Ends the publication once what the socket holds is sent. On the loop. */
    public void close() {
        session.close();
        if (!channel.isActive()) {
            channel.close();
        }
    }

    private void connect(InetSocketAddress server) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS);
        channel.config().setWriteBufferWaterMark(WATER_MARK);
        channel.pipeline().addLast(new RtmpClientHandler(session));
        ChannelFuture registered = loop.eventLoop().register(channel);
        registered.addListener((ChannelFutureListener)
                ready -> channel.connect(server).addListener((ChannelFutureListener) connected -> {
                    if (!connected.isSuccess()) {
                        session.onClosed("can't connect: " + connected.cause().getMessage());
                        channel.close();
                    }
                }));
    }
}
