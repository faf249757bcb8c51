package lancaster.output;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import lancaster.media.MediaEvent;
import lancaster.runloop.RunLoop;
import lancaster.stream.CloseReason;
import lancaster.stream.LiveStream;
import lancaster.stream.MediaSink;
import lancaster.stream.OverflowPolicy;
import lancaster.stream.Start;
import lancaster.stream.Subscription;
import lancaster.stream.SubscriptionSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A packager and the subscription that feeds it: begun, begun anew where it failed, and ended. Owner: the packaging loop;
 * {@link #packager} and {@link #restarts} may be read from any thread.
 *
 * @param <S> its settings
 */
final class Packaging<S, P extends Packaging.Packager<S>> {
    private static final Logger LOG = LoggerFactory.getLogger(Packaging.class);
    /** What may wait for the packaging loop: some seconds of a large stream. */
    private static final int QUEUE_BYTES = 64 << 20;

    private static final Duration QUEUE = Duration.ofSeconds(10);

    /** Makes files of a stream; those that are there stay for their time when it ends. */
    interface Packager<S> extends MediaSink {
        /** From the next file on. */
        void change(S settings);
    }

    /** A new packager. */
    interface Maker<S, P> {
        /** @param whenGone called when the last file has had its time */
        P make(S settings, Runnable whenGone);
    }

    private final String name;
    private final LiveStream stream;
    private final RunLoop loop;
    private final Maker<S, P> maker;
    private final Runnable onGone;
    private final Backoff backoff = new Backoff();
    private final AtomicLong restarts = new AtomicLong();
    /** Replaced on the loop when packaging failed. */
    private volatile Run run;

    private S settings;
    private @Nullable Subscription subscription;
    private boolean stopped;

    Packaging(String name, LiveStream stream, S settings, Maker<S, P> maker, RunLoop loop, Runnable onGone) {
        this.name = name;
        this.stream = stream;
        this.settings = settings;
        this.maker = maker;
        this.loop = loop;
        this.onGone = onGone;
        this.run = new Run(0);
    }

    P packager() {
        return run.packager;
    }

    /** How often it failed and was started anew. */
    long restarts() {
        return restarts.get();
    }

    /** On the loop of the stream, so that nothing of it is missed. */
    void start() {
        SubscriptionSettings wanted = new SubscriptionSettings(
                name, Start.NEXT_RANDOM_ACCESS, OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT, QUEUE_BYTES, QUEUE);
        Subscription started = stream.subscribe(wanted, loop, run);
        loop.execute(() -> adopt(started));
    }

    private void adopt(Subscription started) {
        subscription = started;
        if (stopped) {
            started.close();
        }
    }

    /** From the next file on it goes out otherwise. On the loop. */
    void change(S next) {
        settings = next;
        run.packager.change(next);
    }

    /** Ends it as at the end of the stream: what is listed stays for its time. On the loop. */
    void stop() {
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

    /** From a start to its failure, or to the end of the stream. */
    private final class Run implements MediaSink {
        private final P packager = maker.make(settings, this::onGone);
        private final long startedNs;

        Run(long startedNs) {
            this.startedNs = startedNs;
        }

        @Override
        public void onEvent(MediaEvent event) {
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

        @Override
        public void onClosed(CloseReason reason) {
            packager.onClosed(reason);
            if (reason.kind() == CloseReason.Kind.FAILED || reason.kind() == CloseReason.Kind.BEHIND) {
                long waitNs = backoff.nextNs(loop.nowNs() - startedNs);
                LOG.warn(
                        "{} failed path={} reason={} retryMs={}",
                        name,
                        stream.path(),
                        reason.description(),
                        waitNs / 1_000_000);
                var unused = loop.schedule(waitNs, Packaging.this::restart);
            }
        }

        private void onGone() {
            if (run == this) {
                onGone.run();
            }
        }
    }
}
