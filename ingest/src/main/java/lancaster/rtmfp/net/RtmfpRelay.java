package lancaster.rtmfp.net;

import java.util.concurrent.Executor;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.rtmp.session.MediaBatch;
import lancaster.rtmp.session.Relay;
import lancaster.rtmp.session.RelaySettings;
import lancaster.rtmp.session.RelayStats;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpRelaySession;
import lancaster.rtmp.session.RtmpUrl;

/** Sends a stream on to an RTMFP server. Owned by its loop; whether to try again is up to its owner. */
public final class RtmfpRelay implements Relay {
    private final RtmfpPublishLink link;
    private final RtmpRelaySession session;

    private RtmfpRelay(
            RtmpUrl url,
            RelaySettings settings,
            Loops loops,
            NettyRunLoop loop,
            Executor crypto,
            RtmpClientListener listener) {
        this.link = new RtmfpPublishLink(url, settings.startTimeout(), loops, loop, crypto, listener);
        this.session = new RtmpRelaySession(settings, loop, link);
    }

    /**
     * Begins to connect. On {@code loop}.
     *
     * @param crypto looks the host up and reckons the handshake, and may wait
     * @param listener told of everything, on the loop
     */
    public static RtmfpRelay connect(
            RtmpUrl url,
            RelaySettings settings,
            Loops loops,
            NettyRunLoop loop,
            Executor crypto,
            RtmpClientListener listener) {
        RtmfpRelay relay = new RtmfpRelay(url, settings, loops, loop, crypto, listener);
        relay.link.begin();
        return relay;
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
        session.close();
    }
}
