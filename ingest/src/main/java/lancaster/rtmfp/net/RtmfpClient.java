package lancaster.rtmfp.net;

import java.util.concurrent.Executor;
import lancaster.media.MediaEvent;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpClientSession;
import lancaster.rtmp.session.RtmpClientSettings;
import lancaster.rtmp.session.RtmpClientStats;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.runloop.RunLoop;

/** Publishes to an RTMFP server. Owned by {@link #loop}; whether to try again is up to its owner. */
public final class RtmfpClient {
    private final NettyRunLoop loop;
    private final RtmfpPublishLink link;
    private final RtmpClientSession session;

    private RtmfpClient(
            RtmpUrl url,
            RtmpClientSettings settings,
            Loops loops,
            NettyRunLoop loop,
            Executor crypto,
            RtmpClientListener listener) {
        this.loop = loop;
        this.link = new RtmfpPublishLink(url, settings.startTimeout(), loops, loop, crypto, listener);
        this.session = new RtmpClientSession(settings, link);
    }

    /**
     * Begins to connect, from any thread.
     *
     * @param crypto looks the host up and reckons the handshake, and may wait
     * @param listener told of everything, on the client's loop
     */
    public static RtmfpClient publish(
            RtmpUrl url, RtmpClientSettings settings, Loops loops, Executor crypto, RtmpClientListener listener) {
        RtmfpClient client = new RtmfpClient(url, settings, loops, loops.publish(), crypto, listener);
        client.link.begin();
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

    /** Ends the publication once what was written has arrived. On the loop. */
    public void close() {
        session.close();
    }
}
