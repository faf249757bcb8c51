package lancaster.republish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import lancaster.bytes.ProtocolException;
import lancaster.media.MediaEvent;
import lancaster.output.Backoff;
import lancaster.rtmp.session.MediaBatch;
import lancaster.rtmp.session.MediaBatcher;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
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

/** A live stream that is sent on to servers, encoded once for all of them. Owner: the stream's client loop. */
final class Republisher {
    private static final Logger LOG = LoggerFactory.getLogger(Republisher.class);
    private static final SubscriptionSettings SUBSCRIPTION = new SubscriptionSettings(
            "republish", Start.FROM_GOP, OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT, 32 << 20, Duration.ofSeconds(10));
    /** What comes meanwhile is sent together: a call of the kernel costs more than a frame. */
    private static final long BATCH_NS = 100_000_000;

    private static final long SECOND_NS = 1_000_000_000;
    /** A group of pictures larger than this is not kept for new connections. */
    private static final long RECENT_LIMIT_BYTES = 16 << 20;

    private final LiveStream stream;
    private final Target.Context context;
    private final RunLoop loop;
    private final List<Target> targets = new CopyOnWriteArrayList<>();
    private final List<MediaBatch> recent = new ArrayList<>();
    private final Backoff backoff = new Backoff();
    private long recentBytes;
    private @Nullable Subscription subscription;
    private Timer ticking = Timer.NONE;
    private boolean over;

    Republisher(LiveStream stream, Target.Context context) {
        this.stream = stream;
        this.context = context;
        this.loop = context.uplinks().loop(stream.path());
    }

    LiveStream stream() {
        return stream;
    }

    /** From any thread. */
    List<TargetStats> stats() {
        return targets.stream().map(Target::stats).toList();
    }

    /** From any thread. */
    void start(List<TargetSettings> wanted) {
        loop.execute(() -> {
            ticking = loop.schedule(SECOND_NS, this::tick);
            subscribe();
            change(wanted);
        });
    }

    /** Sends it to these from now on; those that were among the targets before go on untouched. On the loop. */
    void change(List<TargetSettings> wanted) {
        if (over) {
            return;
        }
        Map<RtmpUrl, Long> ids = new HashMap<>();
        for (Target target : List.copyOf(targets)) {
            RtmpUrl url = target.settings().url();
            ids.put(url, target.id());
            if (!wanted.contains(target.settings())) {
                targets.remove(target);
                target.close();
                if (wanted.stream().noneMatch(other -> other.url().equals(url))) {
                    target.forget();
                }
            }
        }
        for (TargetSettings settings : wanted) {
            if (targets.stream().noneMatch(target -> target.settings().equals(settings))) {
                // With another buffer it is still the same one.
                Long known = ids.get(settings.url());
                long id = known == null ? context.ids().getAsLong() : known;
                Target added = new Target(stream.path(), id, settings, context, recent);
                targets.add(added);
                added.begin();
            }
        }
    }

    /** On the loop. */
    Optional<Target> find(long id) {
        return targets.stream().filter(target -> target.id() == id).findFirst();
    }

    /** On the loop. */
    void close() {
        over = true;
        ticking.cancel();
        if (subscription != null) {
            subscription.close();
        }
        targets.forEach(Target::close);
    }

    private void subscribe() {
        if (!over) {
            subscription = stream.subscribe(SUBSCRIPTION, loop, new Run());
        }
    }

    private void tick() {
        ticking = loop.schedule(SECOND_NS, this::tick);
        targets.forEach(Target::tick);
    }

    private void send(MediaBatch batch) {
        if (batch.isEntry()) {
            recent.clear();
            recentBytes = 0;
        }
        if (batch.isEntry() || !recent.isEmpty()) {
            recent.add(batch);
            recentBytes += batch.bytes();
        }
        if (recentBytes > RECENT_LIMIT_BYTES) {
            recent.clear();
            recentBytes = 0;
        }
        for (Target target : targets) {
            target.offer(batch);
        }
    }

    /** From a start to the failure of the encoding, or to the end of the stream. */
    private final class Run implements MediaSink {
        private final MediaBatcher batcher = new MediaBatcher(Republisher.this::send);
        private final long startedNs = loop.nowNs();
        private boolean planned;
        private String refusal = "";

        @Override
        public void onEvent(MediaEvent event) {
            try {
                batcher.on(event);
            } catch (ProtocolException e) {
                refuse(String.valueOf(e.getMessage()));
            }
            if (!planned && !batcher.isEmpty()) {
                planned = true;
                var unused = loop.schedule(BATCH_NS, this::flush);
            }
        }

        private void flush() {
            planned = false;
            batcher.flush();
        }

        /** Said once: what can't be carried comes again and again. */
        private void refuse(String why) {
            if (!why.equals(refusal)) {
                refusal = why;
                LOG.warn("not republished in full path={} reason=\"{}\"", stream.path(), why);
            }
        }

        @Override
        public void onClosed(CloseReason reason) {
            flush();
            if (reason.kind() == CloseReason.Kind.FAILED || reason.kind() == CloseReason.Kind.BEHIND) {
                // What comes then has other times.
                targets.forEach(target -> target.interrupt(reason.description()));
                recent.clear();
                long waitNs = backoff.nextNs(loop.nowNs() - startedNs);
                var unused = loop.schedule(waitNs, Republisher.this::subscribe);
            }
        }
    }
}
