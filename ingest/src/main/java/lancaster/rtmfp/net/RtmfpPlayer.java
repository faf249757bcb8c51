package lancaster.rtmfp.net;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import lancaster.flv.FlvMessage;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.netconnection.NetConnection;
import lancaster.netconnection.ServerStream;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpPlaySession;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.runloop.RunLoop;

/** Plays from an RTMFP server. Owned by {@link #loop}; whether to try again is up to its owner. */
public final class RtmfpPlayer {
    /** How much a player holds, so that a server sends a recorded stream no faster (RTMP §7.1.7). */
    private static final Duration BUFFER = Duration.ofSeconds(3);

    private final NettyRunLoop loop;
    private final StreamCall call;

    private RtmfpPlayer(NettyRunLoop loop, StreamCall call) {
        this.loop = loop;
        this.call = call;
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
        Play play = new Play(url.name(), media);
        RtmfpPlayer player =
                new RtmfpPlayer(loop, new StreamCall(url, startTimeout, loops, loop, crypto, listener, play));
        player.call.begin();
        return player;
    }

    public RunLoop loop() {
        return loop;
    }

    /** Ends. On the loop. */
    public void close() {
        call.end("closed by us");
    }

    private record Play(String name, Consumer<FlvMessage> media) implements StreamCall.Purpose {
        @Override
        public String verb() {
            return "play";
        }

        @Override
        public String flashVer() {
            return RtmpPlaySession.CLIENT_VERSION;
        }

        @Override
        public NetStatus consent() {
            return NetStatus.PLAY_START;
        }

        @Override
        public void ask(NetConnection connection, ServerStream stream) {
            stream.bufferTime(BUFFER);
            stream.play(name);
        }

        @Override
        public void onMedia(FlvMessage message) {
            media.accept(message);
        }
    }
}
