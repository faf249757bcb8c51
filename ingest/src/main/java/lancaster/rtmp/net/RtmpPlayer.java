package lancaster.rtmp.net;

import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import lancaster.flv.FlvMessage;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.rtmp.session.RtmpClientConnection;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpPlaySession;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.runloop.RunLoop;

/** Plays from an RTMP server over TCP, with or without TLS. Owned by {@link #loop}; whether to try again is up to its owner. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is what we act upon
public final class RtmpPlayer {
    private final NettyRunLoop loop;
    private final SocketChannel channel;
    private final RtmpClientConnection connection;
    private final RtmpPlaySession session;
    private boolean closed;

    private RtmpPlayer(
            RtmpUrl url,
            Duration startTimeout,
            NettyRunLoop loop,
            SocketChannel channel,
            RtmpClientListener listener,
            Consumer<FlvMessage> media) {
        this.loop = loop;
        this.channel = channel;
        this.connection = new RtmpClientConnection(new ChannelTransport(channel), ClientSocket.random());
        session = new RtmpPlaySession(url, startTimeout, loop, connection, listener, media);
    }

    /**
     * Begins to connect, from any thread.
     *
     * @param startTimeout from the TCP connection to the server's consent
     * @param listener told of everything else, on the player's loop
     * @param media takes the tags of the stream, on the player's loop
     * @throws UnknownHostException where the host's name, which is looked up meanwhile, isn't known
     */
    public static RtmpPlayer play(
            RtmpUrl url, Duration startTimeout, Loops loops, RtmpClientListener listener, Consumer<FlvMessage> media)
            throws UnknownHostException {
        InetSocketAddress server = ClientSocket.server(url);
        SocketChannel channel = loops.transport().newSocket();
        RtmpPlayer player = new RtmpPlayer(url, startTimeout, loops.publish(), channel, listener, media);
        RtmpClientTls tls = RtmpClientTls.ofSystem(Runnable::run);
        player.loop.execute(() -> ClientSocket.connect(channel, player.loop, url, tls, server, player.connection));
        return player;
    }

    /**
     * Begins to connect. On {@code loop}, which it stays on.
     *
     * @param resolver looks the host up, and may wait
     * @param tls for addresses of RTMPS
     * @param listener told of everything, on the loop
     */
    public static RtmpPlayer play(
            RtmpUrl url,
            Duration startTimeout,
            Loops loops,
            NettyRunLoop loop,
            Executor resolver,
            RtmpClientTls tls,
            RtmpClientListener listener,
            Consumer<FlvMessage> media) {
        SocketChannel channel = loops.transport().newSocket();
        RtmpPlayer player = new RtmpPlayer(url, startTimeout, loop, channel, listener, media);
        resolver.execute(() -> player.resolve(url, tls));
        return player;
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
            session.onClosed(why);
        }
    }

    public RunLoop loop() {
        return loop;
    }

    /** Ends. On the loop. */
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
