package lancaster.stream;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.TimelineRecord;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.StreamStats.PublisherStats;
import lancaster.stream.StreamStats.TimelineStats;
import lancaster.stream.StreamStats.TrackStats;
import org.jspecify.annotations.Nullable;

/** One stream that is live, or waits for its encoder to come back. Owner: the loop of the publisher that created it. */
public final class LiveStream {
    private static final long STATS_PERIOD_NS = 1_000_000_000;

    private final StreamPath path;
    private final RunLoop loop;
    private final StreamSettings settings;
    private final InstantSource wallClock;
    private final Consumer<LiveStream> onEnded;
    private final Instant since;
    private final Outputs outputs = new Outputs();
    private final Origin origin;
    private final Queue<Mark.SegmentHash> hashes = new ConcurrentLinkedQueue<>();

    /** Guards {@link #publication} and {@link #ended}. */
    private final Object door = new Object();

    private @Nullable Publication publication;
    private boolean ended;

    private volatile TimelineRecord record;
    private volatile StreamStats stats;
    private volatile long lastMediaNs;
    private Timer lingering = Timer.NONE;
    private Timer statsTimer = Timer.NONE;
    private Instant publisherSince;
    private @Nullable Instant waitingSince;
    private long publisherChanges;

    LiveStream(
            StreamPath path,
            RunLoop loop,
            StreamSettings settings,
            TimelineRecord record,
            InstantSource wallClock,
            Consumer<LiveStream> onEnded) {
        this.path = path;
        this.loop = loop;
        this.settings = settings;
        this.wallClock = wallClock;
        this.onEnded = onEnded;
        this.record = record;
        this.since = wallClock.instant();
        this.publisherSince = since;
        this.lastMediaNs = loop.nowNs();
        this.origin = new Origin(record, outputs);
        this.stats = snapshot(null);
        statsTimer = loop.schedule(STATS_PERIOD_NS, this::tick);
    }

    public StreamPath path() {
        return path;
    }

    public RunLoop loop() {
        return loop;
    }

    public TimelineRecord record() {
        return record;
    }

    /** From any thread. The first event comes on {@code owner}. */
    public Subscription subscribe(SubscriptionSettings wanted, RunLoop owner, MediaSink sink) {
        Subscription subscription = new Subscription(path, wanted, owner, sink);
        onLoop(() -> {
            if (ended()) {
                subscription.closeAfterQueue(over());
            } else {
                outputs.add(subscription);
            }
        });
        return subscription;
    }

    /** From any thread, as of the last second. */
    public StreamStats stats() {
        return stats;
    }

    /** A packager finished a segment; the next mark carries its hash. From any thread. */
    public void reportSegmentHash(Mark.SegmentHash hash) {
        hashes.add(hash);
    }

    /** Whether {@code candidate} got the stream; a stream that has ended takes nobody. */
    Admission admit(Publication candidate, StreamSettings candidateSettings, long nowNs) {
        Publication superseded;
        synchronized (door) {
            if (ended) {
                return Admission.ENDED;
            }
            superseded = publication;
            boolean silent = nowNs - lastMediaNs >= candidateSettings.silence().toNanos();
            if (superseded != null && candidateSettings.onSecondPublisher() == SecondPublisher.REJECT && !silent) {
                return Admission.BUSY;
            }
            publication = candidate;
        }
        if (superseded != null) {
            superseded.control().close(new CloseReason(CloseReason.Kind.SUPERSEDED, "a newer publisher took over"));
        }
        onLoop(this::begin);
        return Admission.TAKEN;
    }

    enum Admission {
        TAKEN,
        BUSY,
        ENDED
    }

    @Nullable
    Publication publication() {
        synchronized (door) {
            return publication;
        }
    }

    boolean kick(CloseReason reason) {
        Publication kicked = publication();
        if (kicked == null) {
            return false;
        }
        kicked.control().close(reason);
        onLoop(() -> onEnd(kicked, EndReason.CLOSED));
        return true;
    }

    void on(Publication from, MediaEvent event) {
        if (from == publication()) {
            lastMediaNs = loop.nowNs();
            origin.on(event, wallClock.millis());
            record = origin.record();
        }
    }

    void onEnd(Publication from, EndReason reason) {
        synchronized (door) {
            if (from != publication) {
                return;
            }
            publication = null;
        }
        waitingSince = wallClock.instant();
        lingering = loop.schedule(settings.linger().toNanos(), this::end);
    }

    private void begin() {
        lingering.cancel();
        waitingSince = null;
        publisherSince = wallClock.instant();
        publisherChanges++;
        lastMediaNs = loop.nowNs();
        origin.restart();
    }

    private void end() {
        synchronized (door) {
            if (publication != null || ended) {
                return;
            }
            ended = true;
        }
        statsTimer.cancel();
        origin.end();
        outputs.close(over());
        onEnded.accept(this);
    }

    private void tick() {
        stats = snapshot(publication());
        statsTimer = loop.schedule(STATS_PERIOD_NS, this::tick);
    }

    private StreamStats snapshot(@Nullable Publication current) {
        long ageMs = (loop.nowNs() - lastMediaNs) / 1_000_000;
        return new StreamStats(
                path,
                since,
                Optional.ofNullable(current).map(p -> new PublisherStats(p.info(), publisherSince, ageMs)),
                Optional.ofNullable(waitingSince),
                new TimelineStats(
                        origin.record(),
                        origin.segmentNumber(),
                        origin.last90k(),
                        origin.discontinuitySequence(),
                        false,
                        origin.discontinuitySequence(),
                        Math.max(0, publisherChanges - 1),
                        0,
                        0),
                List.<TrackStats>of(),
                OptionalLong.empty(),
                outputs.stats());
    }

    private boolean ended() {
        synchronized (door) {
            return ended;
        }
    }

    private CloseReason over() {
        return new CloseReason(CloseReason.Kind.ENDED, "the stream is over");
    }

    private void onLoop(Runnable task) {
        if (loop.inLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
