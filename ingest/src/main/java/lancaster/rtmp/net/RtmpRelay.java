package lancaster.rtmp.net;

import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.rtmp.session.MediaBatch;
import lancaster.rtmp.session.Relay;
import lancaster.rtmp.session.RelaySettings;
import lancaster.rtmp.session.RelayStats;
import lancaster.rtmp.session.RtmpClientConnection;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpPublishLink;
import lancaster.rtmp.session.RtmpRelaySession;
import lancaster.rtmp.session.RtmpUrl;

/** Sends a stream on to an RTMP server over TCP, with or without TLS. Owned by its loop; whether to try again is up to its owner. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is what we act upon
public final class RtmpRelay implements Relay {
    /** What is not sent yet stays where it can be cut back, not in the kernel. */
    private static final long UNSENT_BYTES = 128 << 10;
    /** How long sent data may stay unacknowledged before the server counts as lost. */
    private static final int USER_TIMEOUT_MS = 20_000;

    private final NettyRunLoop loop;
    private final SocketChannel channel;
    private final RtmpClientConnection connection;
    private final RtmpPublishLink link;
    private final RtmpRelaySession session;
    private boolean closed;

    private RtmpRelay(
            RtmpUrl url,
            RelaySettings settings,
            NettyRunLoop loop,
            SocketChannel channel,
            RtmpClientListener listener) {
        this.loop = loop;
        this.channel = channel;
        this.connection = new RtmpClientConnection(new ChannelTransport(channel), ClientSocket.random());
        this.link = new RtmpPublishLink(url, settings.startTimeout(), loop, connection, listener);
        this.session = new RtmpRelaySession(settings, loop, link);
    }

    /**
     * Begins to connect. On {@code loop}.
     *
     * @param resolver looks the host up, and may wait
     * @param tls for addresses of RTMPS
     * @param listener told of everything, on the loop
     */
    public static RtmpRelay connect(
            RtmpUrl url,
            RelaySettings settings,
            Loops loops,
            NettyRunLoop loop,
            Executor resolver,
            RtmpClientTls tls,
            RtmpClientListener listener) {
        SocketChannel channel = loops.transport().newSocket();
        if (channel instanceof EpollSocketChannel) {
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES);
            channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, USER_TIMEOUT_MS);
        }
        RtmpRelay relay = new RtmpRelay(url, settings, loop, channel, listener);
        resolver.execute(() -> relay.resolve(url, tls));
        return relay;
    }

    private void resolve(RtmpUrl url, RtmpClientTls tls) {
        try {
            InetSocketAddress server = ClientSocket.server(url);
            loop.execute(() -> {
                if (!closed) {
                    ClientSocket.connect(channel, loop, url, tls, server, connection);
                }
            });
        } catch (UnknownHostException e) {
            loop.execute(() -> fail("the host isn't known: " + e.getMessage()));
        }
    }

    private void fail(String why) {
        if (!closed) {
            closed = true;
            channel.unsafe().closeForcibly();
            link.onClosed(why);
        }
    }

    @Override
    public void offer(MediaBatch batch) {
        session.offer(batch);
    }

    @Override
    public RelayStats stats() {
        return session.stats();
    }

    @Override
    public void close() {
        if (!channel.isRegistered()) {
            fail("closed by us");
            return;
        }
        closed = true;
        session.close();
        if (!channel.isActive()) {
            channel.close();
        }
    }
}
