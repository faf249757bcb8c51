package lancaster.output;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import lancaster.hds.HdsFeed;
import lancaster.hds.HdsPackager;
import lancaster.hds.HdsSettings;
import lancaster.media.MediaEvent;
import lancaster.runloop.RunLoop;
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
 * A live stream as HDS: a subscription that feeds a packager. Owner: the packaging loop; what is public may be read from
 * any thread.
 */
public final class HdsOutput {
    private static final Logger LOG = LoggerFactory.getLogger(HdsOutput.class);
    /** What may wait for the packaging loop: some seconds of a large stream. */
    private static final SubscriptionSettings SUBSCRIPTION = new SubscriptionSettings(
            "hds",
            Start.NEXT_RANDOM_ACCESS,
            OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT,
            64 << 20,
            Duration.ofSeconds(10));

    private final LiveStream stream;
    private final SegmentStore store;
    private final RunLoop loop;
    private final Consumer<HdsOutput> onGone;
    private final Backoff backoff = new Backoff();
    private final AtomicLong restarts = new AtomicLong();
    /** Read by HTTP; replaced on the loop when packaging failed. */
    private volatile Run run;

    private HdsSettings settings;
    private @Nullable Subscription subscription;
    private boolean stopped;

    HdsOutput(LiveStream stream, HdsSettings settings, SegmentStore store, RunLoop loop, Consumer<HdsOutput> onGone) {
        this.stream = stream;
        this.settings = settings;
        this.store = store;
        this.loop = loop;
        this.onGone = onGone;
        this.run = new Run(0);
    }

    public StreamPath path() {
        return stream.path();
    }

    public HdsFeed feed() {
        return run.packager.feed();
    }

    /** How often it failed and was started anew. */
    public long restarts() {
        return restarts.get();
    }

    /** On the loop of the stream, so that nothing of it is missed. */
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
     * From the next fragment on it goes out otherwise; with nothing it ends as at the end of the stream, and what is
     * listed stays for its time. On the loop.
     */
    void change(Optional<HdsSettings> next) {
        if (next.isPresent()) {
            settings = next.get();
            run.packager.change(settings);
            return;
        }
        stopped = true;
        if (subscription != null) {
            subscription.close();
        }
    }

    LiveStream stream() {
        return stream;
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

    /** From a start to its failure, or to the end of the stream. */
    private final class Run implements MediaSink {
        private final HdsPackager packager =
                new HdsPackager(path(), settings, stream.record(), store, loop, this::onGone);
        private final long startedNs;
        private Optional<String> refusal = Optional.empty();

        Run(long startedNs) {
            this.startedNs = startedNs;
            packager.feed().addListener(this::logRefusal);
        }

        private void logRefusal() {
            Optional<String> now = packager.feed().refusal();
            if (now.isPresent() && !now.equals(refusal)) {
                LOG.warn("hds refused path={} reason=\"{}\"", path(), now.get());
            }
            refusal = now;
        }

        @Override
        public void onEvent(MediaEvent event) {
            packager.onEvent(event);
        }

        @Override
        public void onGap(int accessUnits) {
            packager.onGap(accessUnits);
        }

        /** Its fragments stay for their time, whatever the reason. */
        @Override
        public void onClosed(CloseReason reason) {
            packager.onClosed(reason);
            if (reason.kind() == CloseReason.Kind.FAILED || reason.kind() == CloseReason.Kind.BEHIND) {
                long waitNs = backoff.nextNs(loop.nowNs() - startedNs);
                LOG.warn("hds failed path={} reason={} retryMs={}", path(), reason.description(), waitNs / 1_000_000);
                loop.schedule(waitNs, HdsOutput.this::restart);
            }
        }

        private void onGone() {
            if (run == this) {
                onGone.accept(HdsOutput.this);
            }
        }
    }
}
