package lancaster.pull;

import java.util.function.Supplier;
import lancaster.bytes.ProtocolException;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvMessage;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.pull.PullStats.State;
import lancaster.receiver.StreamFeeder;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamSettings;
import org.jspecify.annotations.Nullable;

/** A stream that an RTMP server plays to us. Owner: its client loop. */
final class RtmpPull implements Pull {
    private static final long SECOND_NS = 1_000_000_000;
    /** A connection that gives nothing for so long is given up. */
    private static final long SILENCE_NS = 10 * SECOND_NS;

    private final StreamPath path;
    private final RtmpUrl url;
    private final PullContext context;
    private final RunLoop loop;
    private final StreamFeeder feeder;
    private final Attempts attempts;
    private @Nullable Playing playing;
    private Timer ticking = Timer.NONE;
    private long accessUnits;
    private long bytes;
    private volatile PullStats stats;

    RtmpPull(StreamPath path, RtmpUrl url, String shown, Supplier<StreamSettings> settings, PullContext context) {
        this.path = path;
        this.url = url;
        this.context = context;
        this.loop = context.sources().loop(path);
        this.feeder = new StreamFeeder(path, settings, context.streams(), loop, "rtmp", shown, () -> true, () -> true);
        this.attempts = new Attempts(path, shown, "rtmp", context, loop, feeder, context.random(), this::connect);
        this.stats = attempts.stats(0, 0, 0);
    }

    @Override
    public void start() {
        ticking = loop.schedule(SECOND_NS, this::tick);
        attempts.begin();
    }

    @Override
    public PullStats stats() {
        return stats;
    }

    @Override
    public void close() {
        ticking.cancel();
        attempts.end();
        hangUp();
        stats = attempts.stats(accessUnits, bytes, 0);
    }

    private void connect() {
        Playing next = new Playing();
        playing = next;
        next.connection = context.sources().play(path, url, next, next::onTag);
    }

    private void hangUp() {
        Playing last = playing;
        playing = null;
        if (last != null && last.connection != null) {
            last.connection.close();
        }
    }

    private void fail(String why) {
        attempts.failed(why);
        hangUp();
    }

    private void tick() {
        ticking = loop.schedule(SECOND_NS, this::tick);
        Playing now = playing;
        if (now != null && now.started && loop.nowNs() - now.lastNs >= SILENCE_NS) {
            fail(
                    attempts.state() == State.LIVE
                            ? "the server sends nothing any more"
                            : "the server accepts, but nothing comes: does anybody publish there under this name?");
        }
        stats = attempts.stats(accessUnits, bytes, 0);
    }

    /** A connection. */
    private final class Playing implements RtmpClientListener {
        private final FlvDemuxer demuxer = new FlvDemuxer(this::onEvent);
        private Sources.@Nullable Connection connection;
        private String lastStatus = "";
        private boolean started;
        private long lastNs;

        @Override
        public void onStarted() {
            started = true;
            lastNs = loop.nowNs();
        }

        @Override
        public void onStatus(StatusReport status) {
            lastStatus = status.description().isEmpty() ? lastStatus : status.toString();
        }

        @Override
        public void onRefused(StatusReport status) {
            lastStatus = status.toString();
        }

        @Override
        public void onClosed(String why) {
            if (playing == this) {
                playing = null;
                attempts.failed(lastStatus.isEmpty() ? why : why + " (" + lastStatus + ")");
            }
        }

        void onTag(FlvMessage tag) {
            if (playing != this) {
                return;
            }
            try {
                demuxer.demux(tag);
            } catch (ProtocolException e) {
                fail(String.valueOf(e.getMessage()));
            }
        }

        private void onEvent(MediaEvent event) {
            if (event instanceof AccessUnit unit) {
                lastNs = loop.nowNs();
                accessUnits++;
                bytes += unit.payload().length();
                attempts.live();
            }
            feeder.on(event);
        }
    }
}
