package lancaster.rtmfp.net;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import lancaster.flv.FlvMessage;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.netconnection.NetConnection;
import lancaster.netconnection.NetConnectionListener;
import lancaster.netconnection.NetConnectionSettings;
import lancaster.netconnection.NetStatusEvent;
import lancaster.netconnection.NetStreamListener;
import lancaster.netconnection.ServerStream;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.session.ConnectReply;
import lancaster.rtmp.session.Deadline;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server for the sake of one stream, over a way of its own: until the server consents to what is wanted,
 * and then until one of both has enough. Owner: its loop.
 */
final class StreamCall {
    private final RtmpUrl url;
    private final Duration startTimeout;
    private final Purpose purpose;
    private final NettyRunLoop loop;
    private final RtmfpWay way;
    private final RtmpClientListener listener;
    private final NetConnectionSettings settings;
    private final Deadline deadline;
    private @Nullable NetConnection connection;
    private @Nullable ServerStream stream;
    private boolean live;
    private boolean over;

    /** What is wanted of the server. */
    interface Purpose {
        /** Such as {@code play}. */
        String verb();

        /** What this calls itself; some servers look at it. */
        String flashVer();

        NetStatus consent();

        /** The server is there: asks for it. */
        void ask(NetConnection connection, ServerStream stream);

        /** The server has consented. */
        default void onLive() {}

        /** Some of what was sent has arrived. */
        default void onWritable() {}

        /** What is played. */
        default void onMedia(FlvMessage message) {}

        /** Nothing may be sent any more. */
        default void onOver() {}
    }

    /**
     * @param startTimeout from the connection to the server's consent
     * @param crypto looks the host up and reckons the handshake, and may wait
     * @param listener told of everything
     */
    StreamCall(
            RtmpUrl url,
            Duration startTimeout,
            Loops loops,
            NettyRunLoop loop,
            Executor crypto,
            RtmpClientListener listener,
            Purpose purpose) {
        this.url = url;
        this.startTimeout = startTimeout;
        this.purpose = purpose;
        this.loop = loop;
        this.way = new RtmfpWay(url, loops.transport(), loop, crypto);
        this.listener = listener;
        this.settings =
                NetConnectionSettings.DEFAULTS.withFlashVer(purpose.flashVer()).withMaxPeerConnections(0);
        this.deadline = new Deadline(loop);
    }

    /** Begins; from any thread. */
    void begin() {
        way.begin(this::open, this::end);
    }

    /** Whether the server has consented and it isn't over. */
    boolean isLive() {
        return live && !over;
    }

    boolean isOver() {
        return over;
    }

    /** Once the server was asked. */
    Optional<ServerStream> stream() {
        return Optional.ofNullable(stream);
    }

    /** Ends it, for that reason. */
    void end(String why) {
        if (!over) {
            over = true;
            deadline.cancel();
            purpose.onOver();
            if (stream != null) {
                stream.close();
            }
            if (connection != null) {
                connection.close();
            }
            way.hangUp();
            listener.onClosed(why);
        }
    }

    private void open(RtmfpWay.Open open) {
        NetConnection made =
                new NetConnection(settings, loop, peers -> way.endpoint(open, peers), new ConnectionListener());
        connection = made;
        made.connect(url.tcUrl(), open.servers());
    }

    private void ask(NetConnection connected) {
        long timeoutS = startTimeout.toSeconds();
        deadline.set(startTimeout, () -> end("no consent to " + purpose.verb() + " for " + timeoutS + " s"));
        ServerStream made = connected.stream(new StreamListener());
        stream = made;
        purpose.ask(connected, made);
    }

    private void start() {
        if (!live && !over) {
            live = true;
            deadline.cancel();
            listener.onStarted();
            purpose.onLive();
        }
    }

    private void onStatus(NetStatusEvent event) {
        if (over) {
            return;
        }
        StatusReport report = new StatusReport(event.code(), event.error(), event.description());
        if (event.error()) {
            listener.onRefused(report);
            end(report.toString());
        } else if (event.is(purpose.consent()) && !live) {
            start();
        } else {
            listener.onStatus(report);
        }
    }

    private final class ConnectionListener implements NetConnectionListener {
        @Override
        public void onNetStatus(NetStatusEvent event) {
            if (over) {
                return;
            }
            if (event.is(NetStatus.CONNECT_SUCCESS)) {
                if (connection != null) {
                    if (ConnectReply.isLancaster(event.info())) {
                        listener.onLancaster();
                    }
                    ask(connection);
                }
            } else if (event.is(NetStatus.CONNECT_FAILED) || event.is(NetStatus.CONNECT_CLOSED)) {
                end(event.description());
            } else {
                onStatus(event);
            }
        }
    }

    private final class StreamListener implements NetStreamListener {
        @Override
        public void onNetStatus(NetStatusEvent event) {
            onStatus(event);
        }

        @Override
        public void onWritable() {
            purpose.onWritable();
        }

        /** Some servers send media without a word of consent. */
        @Override
        public void onMedia(FlvMessage message) {
            start();
            if (!over) {
                purpose.onMedia(message);
            }
        }
    }
}
