package lancaster.rtmfp.net;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
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
import lancaster.rtmp.session.RtmpPlaySession;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import lancaster.runloop.RunLoop;
import org.jspecify.annotations.Nullable;

/** Plays from an RTMFP server. Owned by {@link #loop}; whether to try again is up to its owner. */
public final class RtmfpPlayer {
    private static final NetConnectionSettings SETTINGS = NetConnectionSettings.DEFAULTS
            .withFlashVer(RtmpPlaySession.CLIENT_VERSION)
            .withMaxPeerConnections(0);
    /** How much a player holds, so that a server sends a recorded stream no faster (RTMP §7.1.7). */
    private static final Duration BUFFER = Duration.ofSeconds(3);

    private final RtmpUrl url;
    private final Duration startTimeout;
    private final NettyRunLoop loop;
    private final RtmfpWay way;
    private final RtmpClientListener listener;
    private final Consumer<FlvMessage> media;
    private final Deadline deadline;
    private @Nullable NetConnection connection;
    private boolean started;
    private boolean over;

    private RtmfpPlayer(
            RtmpUrl url,
            Duration startTimeout,
            Loops loops,
            NettyRunLoop loop,
            Executor crypto,
            RtmpClientListener listener,
            Consumer<FlvMessage> media) {
        this.url = url;
        this.startTimeout = startTimeout;
        this.loop = loop;
        this.way = new RtmfpWay(url, loops.transport(), loop, crypto);
        this.listener = listener;
        this.media = media;
        this.deadline = new Deadline(loop);
    }

    /**
     * Begins to connect, from any thread.
     *
     * @param startTimeout from the connection to the server's consent
     * @param crypto looks the host up and reckons the handshake, and may wait
     * @param listener told of everything, on {@code loop}
     * @param media takes the tags of the stream, on {@code loop}
     */
    public static RtmfpPlayer play(
            RtmpUrl url,
            Duration startTimeout,
            Loops loops,
            NettyRunLoop loop,
            Executor crypto,
            RtmpClientListener listener,
            Consumer<FlvMessage> media) {
        RtmfpPlayer player = new RtmfpPlayer(url, startTimeout, loops, loop, crypto, listener, media);
        player.way.begin(player::open, player::end);
        return player;
    }

    public RunLoop loop() {
        return loop;
    }

    /** Ends. On the loop. */
    public void close() {
        end("closed by us");
    }

    private void open(RtmfpWay.Open open) {
        NetConnection made =
                new NetConnection(SETTINGS, loop, peers -> way.endpoint(open, peers), new ConnectionListener());
        connection = made;
        made.connect(url.tcUrl(), open.servers());
    }

    private void begin(NetConnection connected) {
        long timeoutS = startTimeout.toSeconds();
        deadline.set(startTimeout, () -> end("no consent to play for " + timeoutS + " s"));
        ServerStream stream = connected.stream(new StreamListener());
        stream.bufferTime(BUFFER);
        stream.play(url.name());
    }

    private void start() {
        if (!started && !over) {
            started = true;
            deadline.cancel();
            listener.onStarted();
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
        } else if (event.is(NetStatus.PLAY_START) && !started) {
            start();
        } else {
            listener.onStatus(report);
        }
    }

    private void end(String why) {
        if (!over) {
            over = true;
            deadline.cancel();
            if (connection != null) {
                connection.close();
            }
            way.hangUp();
            listener.onClosed(why);
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
                    begin(connection);
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

        /** Some servers send media without a word of consent. */
        @Override
        public void onMedia(FlvMessage message) {
            start();
            if (!over) {
                media.accept(message);
            }
        }
    }
}
