package lancaster.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.StreamStats.PublisherStats;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream that is live, or waits for its encoder to come back. Publishers come and go, one at a time; the timeline
 * and the subscriptions stay. Owner: the loop of the publisher that created it.
 */
public final class LiveStream {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    private static final long SECOND_NS = 1_000_000_000;
    /** How long the tracks of a publication are waited for, by the clock: its timestamps need not advance. */
    private static final long PROBE_NS = SECOND_NS;
    /** How long the timeline's file may take to open. */
    private static final long OPEN_NS = 5 * SECOND_NS;

    private static final int SECONDS_BETWEEN_LOGS = 10;

    /** What became of a publisher that wants the stream. */
    enum Admission {
        TAKEN,
        BUSY,
        /** The stream is over; the name is free. */
        ENDED
    }

    /** Hears of the stream's life, on its loop. */
    interface Lifecycle {
        void onOpened(LiveStream stream);

        void onEnded(LiveStream stream);
    }

    private final StreamPath path;
    private final RunLoop loop;
    private final InstantSource wallClock;
    private final TimelineJournal journal;
    private final Lifecycle lifecycle;
    private final Instant since;
    private final Outputs outputs = new Outputs();
    /** Done when the stream has ended and its file is written. */
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    /** Guards changes of {@link #publication} and {@link #ended}. */
    private final Object door = new Object();

    private volatile @Nullable Publication publication;
    private volatile boolean ended;
    private volatile long lastMediaNs;
    private volatile TimelineRecord record;
    private volatile StreamStats stats;

    /** Absent until the timeline's file is open. */
    private @Nullable Timeline timeline;
    /** Present while a publication's tracks are waited for. */
    private @Nullable Probe probe;

    private boolean probeTimedOut;
    private Timer probing = Timer.NONE;
    private Timer opening = Timer.NONE;
    private Timer lingering = Timer.NONE;
    private Timer ticking = Timer.NONE;
    private long journalledNumber;
    private int publishers;
    private Instant publisherSince;
    private @Nullable Instant waitingSince;
    private int seconds;
    private Duration linger = StreamSettings.DEFAULTS.linger();

    /** @param fresh the timeline to begin if the journal knows none */
    LiveStream(
            StreamPath path,
            RunLoop loop,
            InstantSource wallClock,
            TimelineRecord fresh,
            TimelineJournal journal,
            Lifecycle lifecycle) {
        this.path = path;
        this.loop = loop;
        this.wallClock = wallClock;
        this.record = fresh;
        this.journal = journal;
        this.lifecycle = lifecycle;
        this.since = wallClock.instant();
        this.publisherSince = since;
        this.lastMediaNs = loop.nowNs();
        this.stats = snapshot();
    }

    public StreamPath path() {
        return path;
    }

    public RunLoop loop() {
        return loop;
    }

    /** The timeline as the latest mark says it. */
    public TimelineRecord record() {
        return record;
    }

    /** From any thread; events come on {@code owner}. */
    public Subscription subscribe(SubscriptionSettings settings, RunLoop owner, MediaSink sink) {
        Subscription subscription = new Subscription(path, settings, owner, sink);
        onLoop(() -> {
            if (ended) {
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
        onLoop(() -> {
            if (timeline != null) {
                timeline.head().add(hash);
            }
        });
    }

    /** On the stream's loop. */
    void open() {
        opening = loop.schedule(
                OPEN_NS,
                () -> refuse(CloseReason.Kind.FAILED, "the timeline's file does not open: is the disk stuck?"));
        ticking = loop.schedule(SECOND_NS, this::tick);
        journal.open(this::onOpened);
    }

    /** Whether {@code candidate} gets the stream. On the candidate's loop. */
    Admission admit(Publication candidate, long nowNs) {
        Publication superseded;
        synchronized (door) {
            if (ended) {
                return Admission.ENDED;
            }
            superseded = publication;
            StreamSettings wanted = candidate.settings();
            boolean silent = nowNs - lastMediaNs >= wanted.silence().toNanos();
            if (superseded != null && wanted.onSecondPublisher() == SecondPublisher.REJECT && !silent) {
                return Admission.BUSY;
            }
            publication = candidate;
        }
        if (superseded != null) {
            superseded.close(new CloseReason(CloseReason.Kind.SUPERSEDED, "a newer publisher took over"));
        }
        onLoop(() -> begin(candidate));
        return Admission.TAKEN;
    }

    /** Who publishes, for people. */
    Optional<PublisherInfo> publisher() {
        return Optional.ofNullable(publication).map(Publication::info);
    }

    boolean kick(String reason) {
        Publication kicked = publication;
        if (kicked == null || !dismiss(kicked)) {
            return false;
        }
        LOG.info(
                "publisher kicked path={} from={} reason=\"{}\"",
                path,
                kicked.info().remoteAddress(),
                reason);
        kicked.close(new CloseReason(CloseReason.Kind.KICKED, reason));
        onLoop(this::linger);
        return true;
    }

    /** Ends the stream whoever publishes; done when its file is written. From any thread. */
    CompletableFuture<Void> close(CloseReason reason) {
        Publication closed;
        synchronized (door) {
            closed = publication;
            publication = null;
        }
        if (closed != null) {
            closed.close(reason);
        }
        onLoop(this::end);
        return finished;
    }

    void on(Publication from, MediaEvent event) {
        if (from != publication) {
            return;
        }
        if (event instanceof AccessUnit) {
            lastMediaNs = loop.nowNs();
        }
        if (probe != null) {
            hold(probe, event);
        } else if (timeline != null) {
            settle(timeline, timeline.on(event, lastMediaNs));
        }
    }

    void onGap(Publication from, int accessUnits) {
        if (from == publication && timeline != null) {
            timeline.onGap(accessUnits);
        }
    }

    void onEnd(Publication from, EndReason reason) {
        if (from == publication && probe != null && probe.hasMedia()) {
            release(probe);
        }
        if (dismiss(from)) {
            LOG.info("publisher gone path={} reason={}", path, reason);
            linger();
        }
    }

    private void onOpened(TimelineState start) {
        opening.cancel();
        if (ended) {
            return;
        }
        Timeline opened = new Timeline(
                new TimelineHead(start, loop, wallClock),
                outputs,
                reason -> refuse(reason.kind(), reason.description()));
        timeline = opened;
        record = opened.record();
        stats = snapshot();
        lifecycle.onOpened(this);
        if (probe != null && (probe.isComplete() || probeTimedOut)) {
            release(probe);
        }
    }

    private void begin(Publication candidate) {
        if (candidate != publication) {
            return;
        }
        lingering.cancel();
        probing.cancel();
        probe = new Probe();
        probeTimedOut = false;
        linger = candidate.settings().linger();
        publishers++;
        publisherSince = wallClock.instant();
        waitingSince = null;
        lastMediaNs = loop.nowNs();
        LOG.info(
                "publisher path={} protocol={} from={} encoder=\"{}\"",
                path,
                candidate.info().protocol(),
                candidate.info().remoteAddress(),
                candidate.info().encoder());
    }

    private void hold(Probe holding, MediaEvent event) {
        boolean waiting = holding.hasMedia();
        holding.add(event);
        if (holding.hasMedia() && !waiting) {
            probing = loop.schedule(PROBE_NS, () -> {
                probeTimedOut = true;
                release(holding);
            });
        }
        if (holding.isComplete() || holding.isFull()) {
            release(holding);
        }
    }

    /** Lets go what a probe holds, as soon as the timeline is open. */
    private void release(Probe holding) {
        if (holding != probe) {
            return;
        }
        Publication from = publication;
        if (timeline == null || from == null) {
            if (holding.isFull()) {
                refuse(CloseReason.Kind.FAILED, "the timeline's file does not open in time: is the disk slow?");
            }
            return;
        }
        probing.cancel();
        probe = null;
        settle(timeline, timeline.begin(from.info(), from.settings(), holding.release(), lastMediaNs));
    }

    /** Looks after what the last events changed. */
    private void settle(Timeline now, boolean goesOn) {
        TimelineHead head = now.head();
        if (head.nextNumber() != journalledNumber) {
            journalledNumber = head.nextNumber();
            record = head.record();
            journal.follow(head.state());
        }
        if (!goesOn) {
            endAsMarked();
        }
    }

    private void refuse(CloseReason.Kind kind, String why) {
        Publication refused = publication;
        if (refused != null && dismiss(refused)) {
            LOG.warn("publisher refused path={} reason=\"{}\"", path, why);
            refused.close(new CloseReason(kind, why));
            linger();
        }
    }

    /** Whether {@code leaving} was the publisher, which it is no longer. */
    private boolean dismiss(Publication leaving) {
        synchronized (door) {
            if (leaving != publication) {
                return false;
            }
            publication = null;
            return true;
        }
    }

    /** Waits for an encoder. */
    private void linger() {
        if (publication != null || ended) {
            return;
        }
        probing.cancel();
        probe = null;
        waitingSince = wallClock.instant();
        if (timeline != null) {
            // Whoever comes goes on by the clock: the time until then must not lie behind the lease.
            journal.renew(timeline.head().state(), Timebase.fromMs(linger.toMillis()));
        }
        lingering.cancel();
        lingering = loop.schedule(linger.toNanos(), this::end);
        stats = snapshot();
    }

    private void end() {
        if (endOnce()) {
            if (timeline != null) {
                timeline.end();
            }
            onOver();
        }
    }

    /** The publisher that is followed ended the stream; its mark has gone out. */
    private void endAsMarked() {
        Publication last = publication;
        if (last != null && dismiss(last)) {
            last.close(over());
        }
        if (endOnce()) {
            onOver();
        }
    }

    /** The file gets back what was leased in vain, before anyone can open it anew. */
    private boolean endOnce() {
        CompletableFuture<Void> written;
        synchronized (door) {
            if (publication != null || ended) {
                return false;
            }
            ended = true;
            written = timeline == null
                    ? CompletableFuture.completedFuture(null)
                    : journal.finish(timeline.head().state());
        }
        var unused = written.thenRun(() -> finished.complete(null));
        return true;
    }

    private void onOver() {
        lingering.cancel();
        ticking.cancel();
        opening.cancel();
        probing.cancel();
        LOG.info("stream over path={}", path);
        outputs.close(over());
        lifecycle.onEnded(this);
    }

    private void tick() {
        ticking = loop.schedule(SECOND_NS, this::tick);
        if (timeline != null) {
            timeline.tracks().forEach(track -> track.meter.tick());
        }
        stats = snapshot();
        if (++seconds % SECONDS_BETWEEN_LOGS == 0) {
            outputs.logCuts();
        }
    }

    private StreamStats snapshot() {
        Publication current = publication;
        long nowNs = loop.nowNs();
        Optional<PublisherStats> publisher = Optional.ofNullable(current)
                .map(p -> new PublisherStats(
                        p.info(), publisherSince, (nowNs - lastMediaNs) / 1_000_000, p.lostAccessUnits()));
        return new StreamStats(
                path,
                since,
                publisher,
                Optional.ofNullable(waitingSince),
                Snapshots.timeline(record, timeline, Math.max(0, publishers - 1), journal.faults()),
                timeline == null ? List.of() : Snapshots.tracks(timeline, nowNs),
                timeline == null ? OptionalLong.empty() : timeline.driftMs(),
                outputs.stats(),
                outputs.failures());
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
