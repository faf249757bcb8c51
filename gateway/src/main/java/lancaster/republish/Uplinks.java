package lancaster.republish;

import java.util.concurrent.Executor;
import lancaster.net.Loops;
import lancaster.rtmfp.net.RtmfpRelay;
import lancaster.rtmp.net.RtmpClientTls;
import lancaster.rtmp.net.RtmpRelay;
import lancaster.rtmp.session.MediaBatch;
import lancaster.rtmp.session.RelaySettings;
import lancaster.rtmp.session.RelayStats;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpUrl.Scheme;
import lancaster.runloop.RunLoop;
import lancaster.stream.StreamPath;

/** Connects to servers: the seam between republishing and the network. */
public interface Uplinks {
    /** A connection, on the loop of its stream. */
    interface Uplink {
        void offer(MediaBatch batch);

        RelayStats stats();

        void close();
    }

    /** Where a stream and its connections live. */
    RunLoop loop(StreamPath path);

    /** Begins to connect, on that loop; what becomes of it is told to {@code listener}. */
    Uplink dial(StreamPath path, TargetSettings target, RtmpClientListener listener);

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
            public Uplink dial(StreamPath path, TargetSettings target, RtmpClientListener listener) {
                RelaySettings settings = RelaySettings.DEFAULTS.withBuffer(target.buffer());
                if (target.url().scheme() == Scheme.RTMFP) {
                    return new RtmfpUplink(
                            RtmfpRelay.connect(target.url(), settings, loops, loops.client(path), resolver, listener));
                }
                RtmpRelay relay =
                        RtmpRelay.connect(target.url(), settings, loops, loops.client(path), resolver, tls, listener);
                return new RtmpUplink(relay);
            }
        };
    }

    /** Over UDP. */
    record RtmfpUplink(RtmfpRelay relay) implements Uplink {
        @Override
        public void offer(MediaBatch batch) {
            relay.offer(batch);
        }

        @Override
        public RelayStats stats() {
            return relay.stats();
        }

        @Override
        public void close() {
            relay.close();
        }
    }

    /** Over TCP. */
    record RtmpUplink(RtmpRelay relay) implements Uplink {
        @Override
        public void offer(MediaBatch batch) {
            relay.offer(batch);
        }

        @Override
        public RelayStats stats() {
            return relay.stats();
        }

        @Override
        public void close() {
            relay.close();
        }
    }
}
