package lancaster.pull;

import java.util.function.Supplier;
import lancaster.bytes.ProtocolException;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvMessage;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.pull.PullStats.State;
import lancaster.receiver.SourceUrl.PullUrl;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamSettings;
import org.jspecify.annotations.Nullable;

/** A stream that an RTMP server plays to us. Owner: its client loop. */
final class RtmpPull implements PullShell.Way {
    private static final long SECOND_NS = 1_000_000_000;
    /** A connection that gives nothing for so long is given up. */
    private static final long SILENCE_NS = 10 * SECOND_NS;

    private final PullShell shell;
    private final StreamPath path;
    private final RtmpUrl url;
    private final Sources sources;
    private @Nullable Playing playing;

    private RtmpPull(PullShell shell, StreamPath path, RtmpUrl url, Sources sources) {
        this.shell = shell;
        this.path = path;
        this.url = url;
        this.sources = sources;
    }

    static Pull of(StreamPath path, PullUrl source, Supplier<StreamSettings> settings, PullContext context) {
        RtmpUrl url = RtmpUrl.parse(source.url());
        return new PullShell(
                path,
                source.toString(),
                url.scheme().toString(),
                settings,
                context,
                shell -> new RtmpPull(shell, path, url, context.sources()));
    }

    @Override
    public void connect() {
        shell.trustMarks(false);
        Playing next = new Playing();
        playing = next;
        next.connection = sources.play(path, url, next, next::onTag);
    }

    @Override
    public void hangUp() {
        Playing last = playing;
        playing = null;
        if (last != null && last.connection != null) {
            last.connection.close();
        }
    }

    @Override
    public long bufferedMs() {
        return 0;
    }

    @Override
    public void tick() {
        Playing now = playing;
        if (now != null && now.started && shell.loop().nowNs() - now.lastNs >= SILENCE_NS) {
            shell.fail(
                    shell.attempts().state() == State.LIVE
                            ? "the server sends nothing any more"
                            : "the server accepts, but nothing comes: does anybody publish there under this name?");
        }
    }

    /** A connection. */
    private final class Playing implements RtmpClientListener {
        private final FlvDemuxer demuxer = new FlvDemuxer(this::onEvent);
        private Sources.@Nullable Connection connection;
        private String lastStatus = "";
        private boolean started;
        private long lastNs;

        /** Its marks are our numbers, so that both serve the same segments. Other servers only pass on what they are sent. */
        @Override
        public void onLancaster() {
            if (playing == this) {
                shell.trustMarks(true);
            }
        }

        @Override
        public void onStarted() {
            started = true;
            lastNs = shell.loop().nowNs();
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
                shell.fail(lastStatus.isEmpty() ? why : why + " (" + lastStatus + ")");
            }
        }

        void onTag(FlvMessage tag) {
            if (playing != this) {
                return;
            }
            try {
                demuxer.demux(tag);
            } catch (ProtocolException e) {
                shell.fail(String.valueOf(e.getMessage()));
            }
        }

        private void onEvent(MediaEvent event) {
            if (event instanceof AccessUnit) {
                lastNs = shell.loop().nowNs();
            }
            shell.give(event);
        }
    }
}
