package lancaster.rtmfp.net;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import lancaster.flv.FlvMessage;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpPlaySession;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.runloop.RunLoop;

/** Plays from an RTMFP server. Owned by {@link #loop}; whether to try again is up to its owner. */
public final class RtmfpPlayer {
    private final NettyRunLoop loop;
    private final RtmfpDial dial;
    private final RtmpPlaySession session;

    private RtmfpPlayer(
            RtmpUrl url,
            Duration startTimeout,
            Loops loops,
            NettyRunLoop loop,
            Executor crypto,
            RtmpClientListener listener,
            Consumer<FlvMessage> media) {
        this.loop = loop;
        this.dial = new RtmfpDial(url, loops, loop, crypto);
        this.session = new RtmpPlaySession(url, startTimeout, loop, dial.connection(), listener, media);
    }

    /**
     * Begins to connect, from any thread.
     *
     * @param startTimeout from the session to the server's consent
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
        player.dial.begin();
        return player;
    }

    public RunLoop loop() {
        return loop;
    }

    /** Ends. On the loop. */
    public void close() {
        session.close();
    }
}
