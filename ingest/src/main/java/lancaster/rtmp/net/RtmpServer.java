package lancaster.rtmp.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import lancaster.net.ListenException;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import lancaster.rtmp.session.PublishHandler;
import lancaster.rtmp.session.RtmpServerContext;
import lancaster.rtmp.session.RtmpServerCounters;
import lancaster.rtmp.session.RtmpServerStats;
import lancaster.rtmp.session.RtmpSettings;

/** Listens for RTMP clients. May be used from any thread; connections live on the publish loops. */
public final class RtmpServer implements AutoCloseable {
    /** One read takes several video frames of a busy connection. */
    private static final int RECEIVE_BUFFER_BYTES = 64 << 10;

    private static final int BACKLOG = 1024;
    /** When the kernel begins to ask whether a silent peer is still there, how often, and when it gives up; seconds. */
    private static final int KEEPALIVE_IDLE_S = 15;

    private static final int KEEPALIVE_INTERVAL_S = 5;
    private static final int KEEPALIVE_PROBES = 3;
    /** How long sent data may stay unacknowledged before the connection counts as lost. */
    private static final int USER_TIMEOUT_MS = 20_000;

    /** The kernel wants more when it has less to send: what a player has not read stays where it can be left out. */
    private static final long UNSENT_BYTES = 32 << 10;

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final RtmpServerCounters counters = new RtmpServerCounters();
    private final InetSocketAddress address;

    private RtmpServer(
            InetSocketAddress address,
            RtmpSettings settings,
            Loops loops,
            PublishHandler handler,
            Optional<PlayHouse> plays,
            Optional<RtmpTls> tls)
            throws ListenException {
        Map<EventLoop, RtmpServerContext> contexts = new HashMap<>();
        for (NettyRunLoop loop : loops.publishLoops()) {
            SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
            contexts.put(
                    loop.eventLoop(),
                    new RtmpServerContext(
                            settings, loop, random, handler, counters, plays.map(house -> house.on(loop))));
        }
        ChannelFuture bound =
                bootstrap(loops, contexts, settings, tls).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw ListenException.of(tls.isPresent() ? "rtmps" : "rtmp", address, bound.cause());
        }
        channels.add(bound.channel());
        this.address = (InetSocketAddress) bound.channel().localAddress();
    }

    /** @throws ListenException where {@code address} can't be listened on; it says why and who is there */
    public static RtmpServer start(
            InetSocketAddress address, RtmpSettings settings, Loops loops, PublishHandler handler)
            throws ListenException {
        return new RtmpServer(address, settings, loops, handler, Optional.empty(), Optional.empty());
    }

    /**
     * One on which streams are played, too.
     *
     * @throws ListenException where {@code address} can't be listened on; it says why and who is there
     */
    public static RtmpServer start(
            InetSocketAddress address, RtmpSettings settings, Loops loops, PublishHandler handler, PlayHouse plays)
            throws ListenException {
        return new RtmpServer(address, settings, loops, handler, Optional.of(plays), Optional.empty());
    }

    /**
     * The same over TLS.
     *
     * @throws ListenException where {@code address} can't be listened on; it says why and who is there
     */
    public static RtmpServer startTls(
            InetSocketAddress address,
            RtmpSettings settings,
            Loops loops,
            PublishHandler handler,
            PlayHouse plays,
            RtmpTls tls)
            throws ListenException {
        return new RtmpServer(address, settings, loops, handler, Optional.of(plays), Optional.of(tls));
    }

    private ServerBootstrap bootstrap(
            Loops loops, Map<EventLoop, RtmpServerContext> contexts, RtmpSettings settings, Optional<RtmpTls> tls) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.publishGroup())
                .channel(loops.transport().serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channels.add(channel);
                        tls.ifPresent(some -> channel.pipeline().addLast(sslHandler(some, settings)));
                        channel.pipeline()
                                .addLast(new RtmpServerHandler(
                                        Objects.requireNonNull(contexts.get(channel.eventLoop()))));
                    }
                });
        if (tls.isEmpty()) {
            // TLS keeps what is left of a record until the next read, which a lent buffer isn't for.
            bootstrap.childOption(ChannelOption.RECVBUF_ALLOCATOR, new LoopReceiveBuffer(RECEIVE_BUFFER_BYTES));
        }
        if (loops.transport() == Transport.EPOLL) {
            bootstrap
                    .childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES)
                    .childOption(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_S)
                    .childOption(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_S)
                    .childOption(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES)
                    .childOption(EpollChannelOption.TCP_USER_TIMEOUT, USER_TIMEOUT_MS);
        }
        return bootstrap;
    }

    private static SslHandler sslHandler(RtmpTls tls, RtmpSettings settings) {
        SSLEngine engine = tls.context().createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(tls.protocols().toArray(String[]::new));
        parameters.setCipherSuites(tls.ciphers().toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine, tls.handshakes());
        handler.setHandshakeTimeoutMillis(settings.connectTimeout().toMillis());
        return handler;
    }

    /** Where it listens, with the port that was chosen for port 0. */
    public InetSocketAddress address() {
        return address;
    }

    public RtmpServerStats stats() {
        return counters.stats();
    }

    /** Stops listening and closes all connections; publishers that were live are lost. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
    }
}
