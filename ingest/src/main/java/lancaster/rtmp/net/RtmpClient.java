package lancaster.rtmp.net;

import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import lancaster.media.MediaEvent;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.rtmp.session.RtmpClientConnection;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpClientSession;
import lancaster.rtmp.session.RtmpClientSettings;
import lancaster.rtmp.session.RtmpClientStats;
import lancaster.rtmp.session.RtmpPublishLink;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.runloop.RunLoop;

/** Publishes to an RTMP server over TCP, with or without TLS. Owned by {@link #loop}; whether to try again is up to its owner. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is what we act upon
public final class RtmpClient {
    private final NettyRunLoop loop;
    private final SocketChannel channel;
    private final RtmpClientConnection connection;
    private final RtmpClientSession session;

    private RtmpClient(
            RtmpUrl url,
            RtmpClientSettings settings,
            NettyRunLoop loop,
            SocketChannel channel,
            RtmpClientListener listener) {
        this.loop = loop;
        this.channel = channel;
        this.connection = new RtmpClientConnection(new ChannelTransport(channel), ClientSocket.random());
        session = new RtmpClientSession(
                settings, new RtmpPublishLink(url, settings.startTimeout(), loop, connection, listener));
    }

    /**
     * Begins to connect, from any thread.
     *
     * @param listener told of everything else, on the client's loop
     * @throws UnknownHostException where the host's name, which is looked up meanwhile, isn't known
     */
    public static RtmpClient publish(RtmpUrl url, RtmpClientSettings settings, Loops loops, RtmpClientListener listener)
            throws UnknownHostException {
        InetSocketAddress server = ClientSocket.server(url);
        SocketChannel channel = loops.transport().newSocket();
        RtmpClient client = new RtmpClient(url, settings, loops.publish(), channel, listener);
        RtmpClientTls tls = RtmpClientTls.ofSystem(Runnable::run);
        client.loop.execute(() -> ClientSocket.connect(channel, client.loop, url, tls, server, client.connection));
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
}
