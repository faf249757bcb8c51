package lancaster.republish;

import java.util.concurrent.Executor;
import lancaster.net.Loops;
import lancaster.rtmfp.net.RtmfpRelay;
import lancaster.rtmp.net.RtmpClientTls;
import lancaster.rtmp.net.RtmpRelay;
import lancaster.rtmp.session.Relay;
import lancaster.rtmp.session.RelaySettings;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpUrl.Scheme;
import lancaster.runloop.RunLoop;
import lancaster.stream.StreamPath;

/** Connects to servers: the seam between republishing and the network. */
public interface Uplinks {
    /** Where a stream and its connections live. */
    RunLoop loop(StreamPath path);

    /** Begins to connect, on that loop; what becomes of it is told to {@code listener}. */
    Relay dial(StreamPath path, TargetSettings target, RtmpClientListener listener);

    /**
     * Real ones.
     *
     * @param resolver looks names up and reckons the handshakes of RTMFP, and may wait
     * @param tls for servers that are reached by RTMPS
     */
    static Uplinks of(Loops loops, Executor resolver, RtmpClientTls tls) {
        return new Uplinks() {
            @Override
            public RunLoop loop(StreamPath path) {
                return loops.client(path);
            }

            @Override
            public Relay dial(StreamPath path, TargetSettings target, RtmpClientListener listener) {
                RelaySettings settings = RelaySettings.DEFAULTS.withBuffer(target.buffer());
                return target.url().scheme() == Scheme.RTMFP
                        ? RtmfpRelay.connect(target.url(), settings, loops, loops.client(path), resolver, listener)
                        : RtmpRelay.connect(target.url(), settings, loops, loops.client(path), resolver, tls, listener);
            }
        };
    }
}
