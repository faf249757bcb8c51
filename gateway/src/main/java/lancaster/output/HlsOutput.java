package lancaster.output;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import lancaster.hls.HlsFeed;
import lancaster.hls.HlsPackager;
import lancaster.hls.HlsSettings;
import lancaster.media.MediaEvent;
import lancaster.media.TimelineRecord;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;
import lancaster.runloop.RunLoop;
import lancaster.segment.SegmentFormat;
import lancaster.segment.SegmentStore;
import lancaster.stream.CloseReason;
import lancaster.stream.LiveStream;
import lancaster.stream.MediaSink;
import lancaster.stream.OverflowPolicy;
import lancaster.stream.Start;
import lancaster.stream.StreamPath;
import lancaster.stream.Subscription;
import lancaster.stream.SubscriptionSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live stream as HLS: a subscription that feeds a packager. Owner: the packaging loop; what is public may be read from
 * any thread.
 */
public final class HlsOutput {
    private static final Logger LOG = LoggerFactory.getLogger(HlsOutput.class);
    /** What may wait for the packaging loop: some seconds of a large stream. */
    private static final SubscriptionSettings SUBSCRIPTION = new SubscriptionSettings(
            "hls",
            Start.NEXT_RANDOM_ACCESS,
            OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT,
            64 << 20,
            Duration.ofSeconds(10));

    private final LiveStream stream;
    private final SegmentStore store;
    private final RunLoop loop;
    private final Consumer<HlsOutput> onGone;
    private final Backoff backoff = new Backoff();

    /** Read by HTTP; replaced on the loop when packaging failed. */
    private volatile Run run;

    private final AtomicLong restarts = new AtomicLong();
    private int window;
    private @Nullable Subscription subscription;
    private boolean stopped;

    HlsOutput(LiveStream stream, int window, SegmentStore store, RunLoop loop, Consumer<HlsOutput> onGone) {
        this.stream = stream;
        this.window = window;
        this.store = store;
        this.loop = loop;
        this.onGone = onGone;
        this.run = new Run(0);
    }

    public StreamPath path() {
        return stream.path();
    }

    public LiveStream stream() {
        return stream;
    }

    public HlsFeed feed() {
        return run.packager.feed();
    }

    /** What the stream consists of now. */
    public List<Track> tracks() {
        return run.tracks;
    }

    /** How often it failed and was started anew. */
    public long restarts() {
        return restarts.get();
    }

    /** On the loop of the stream nothing of it is missed. */
    void start() {
        Subscription started = stream.subscribe(SUBSCRIPTION, loop, run);
        loop.execute(() -> adopt(started));
    }

    private void adopt(Subscription started) {
        subscription = started;
        if (stopped) {
            started.close();
        }
    }

    /**
     * From the next segment on the lists have another length; with 0 it ends as at the end of the stream, and what is
     * listed stays for its time. On the loop.
     */
    void change(int newWindow) {
        if (newWindow > 0) {
            window = newWindow;
            run.packager.resize(newWindow);
            return;
        }
        stopped = true;
        if (subscription != null) {
            subscription.close();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    private void restart() {
        if (stopped) {
            return;
        }
        restarts.incrementAndGet();
        run = new Run(loop.nowNs());
        start();
    }

    private HlsPackager newPackager(Runnable whenGone) {
        TimelineRecord record = stream.record();
        List<SegmentFormat> formats = record.formats().stream()
                .flatMap(id -> SegmentFormat.byId(id).stream())
                .filter(SegmentFormat::isHls)
                .toList();
        HlsSettings settings = new HlsSettings(window, formats, HlsSettings.DEFAULT.hashed());
        return new HlsPackager(path(), settings, store, loop, stream::reportSegmentHash, whenGone);
    }

    /** From a start to its failure, or to the end of the stream. */
    private final class Run implements MediaSink {
        private final HlsPackager packager = newPackager(this::onGone);
        private final Map<Integer, Track> configured = new TreeMap<>();
        private final long startedNs;
        private volatile List<Track> tracks = List.of();

        Run(long startedNs) {
            this.startedNs = startedNs;
        }

        @Override
        public void onEvent(MediaEvent event) {
            if (event instanceof TrackConfigured added) {
                configured.put(added.track().id(), added.track());
                tracks = List.copyOf(configured.values());
            } else if (event instanceof TrackRemoved removed) {
                configured.remove(removed.trackId());
                tracks = List.copyOf(configured.values());
            }
            packager.onEvent(event);
        }

        @Override
        public void onGap(int accessUnits) {
            packager.onGap(accessUnits);
        }

        @Override
        public void onBatchEnd() {
            packager.onBatchEnd();
        }

        /** Its segments stay for their time, whatever the reason. */
        @Override
        public void onClosed(CloseReason reason) {
            packager.onClosed(reason);
            if (reason.kind() == CloseReason.Kind.FAILED || reason.kind() == CloseReason.Kind.BEHIND) {
                long waitNs = backoff.nextNs(loop.nowNs() - startedNs);
                LOG.warn("hls failed path={} reason={} retryMs={}", path(), reason.description(), waitNs / 1_000_000);
                loop.schedule(waitNs, HlsOutput.this::restart);
            }
        }

        private void onGone() {
            if (run == this) {
                onGone.accept(HlsOutput.this);
            }
        }
    }
}
