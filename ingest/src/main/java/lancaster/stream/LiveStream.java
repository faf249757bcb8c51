package lancaster.stream;

import java.time.Duration;
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
    /** How long the timeline's file may take to open. */
    private static final long OPEN_NS = 5 * SECOND_NS;

    private static final int SECONDS_BETWEEN_LOGS = 10;

    /** Hears of the stream's life, on its loop. */
    interface Lifecycle {
        void onOpened(LiveStream stream);

        /** @param wasOpen whether {@link #onOpened} was called */
        void onEnded(LiveStream stream, boolean wasOpen);
    }

    private final StreamPath path;
    private final RunLoop loop;
    private final InstantSource wallClock;
    private final TimelineJournal journal;
    private final Lifecycle lifecycle;
    private final Attendance attendance;
    private final Beginning beginning;
    private final Outputs outputs = new Outputs();
    /** Done when the stream has ended and its file is written. */
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    private final PublisherSeat seat;
    private volatile TimelineRecord record;
    private volatile StreamStats stats;

    /** Absent until the timeline's file is open. */
    private @Nullable Timeline timeline;

    private Timer opening = Timer.NONE;
    private Timer lingering = Timer.NONE;
    private Timer ticking = Timer.NONE;
    private long journalledNumber;
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
        this.attendance = new Attendance(wallClock.instant());
        this.beginning = new Beginning(loop, this::release);
        this.seat = new PublisherSeat(loop.nowNs());
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
            if (seat.isClosed()) {
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
        ticking = loop.schedule(SECOND_NS, this::tick);
        journal.open(this::onOpened);
    }

    /** Whether {@code candidate} gets the stream. On the candidate's loop. */
    PublisherSeat.Admission admit(Publication candidate, long nowNs) {
        PublisherSeat.Admission admission = seat.take(candidate, nowNs);
        if (admission == PublisherSeat.Admission.TAKEN) {
            onLoop(() -> begin(candidate));
        }
        return admission;
    }

    /** Who publishes, for people. */
    Optional<PublisherInfo> publisher() {
        return Optional.ofNullable(seat.present()).map(Publication::info);
    }

    /** Takes the stream from its publisher. Whether there was one. */
    boolean kick(String reason) {
        return dismiss(new CloseReason(CloseReason.Kind.KICKED, reason));
    }

    /** Ends the stream whoever publishes; done when its file is written. From any thread. */
    CompletableFuture<Void> close(CloseReason reason) {
        onLoop(() -> {
            evict(reason);
            end(true);
        });
        return finished;
    }

    void on(Publication from, MediaEvent event) {
        if (from != seat.present()) {
            return;
        }
        if (event instanceof AccessUnit) {
            seat.heard(loop.nowNs());
            loop.lookWithin(outputs.patienceNs());
        }
        if (!beginning.holds(event) && timeline != null) {
            settle(timeline, timeline.on(event, seat.lastMediaNs()));
        }
    }

    void onGap(Publication from, int accessUnits) {
        if (from == seat.present() && timeline != null) {
            timeline.onGap(accessUnits);
        }
    }

    void onEnd(Publication from, EndReason reason) {
        if (from == seat.present() && beginning.hasMedia()) {
            release();
        }
        if (seat.leave(from)) {
            LOG.info(
                    "publisher gone path={} from={} reason={}",
                    path,
                    from.info().remoteAddress(),
                    reason);
            linger();
        }
    }

    private void onOpened(TimelineState start) {
        opening.cancel();
        if (seat.isClosed()) {
            return;
        }
        Timeline opened = new Timeline(new TimelineHead(start, loop, wallClock), outputs, this::dismiss);
        timeline = opened;
        record = opened.record();
        stats = snapshot();
        lifecycle.onOpened(this);
        if (beginning.isDue()) {
            release();
        }
    }

    private void begin(Publication candidate) {
        if (candidate != seat.present()) {
            return;
        }
        lingering.cancel();
        if (timeline == null) {
            opening.cancel();
            opening = loop.schedule(
                    OPEN_NS,
                    () -> dismiss(new CloseReason(
                            CloseReason.Kind.FAILED, "the timeline's file does not open: is the disk stuck?")));
        }
        beginning.begin();
        linger = candidate.settings().linger();
        attendance.came(wallClock.instant());
        seat.heard(loop.nowNs());
        PublisherInfo info = candidate.info();
        LOG.info(
                "publisher came path={} protocol={} from={} encoder=\"{}\"",
                path,
                info.protocol(),
                info.remoteAddress(),
                info.encoder());
    }

    /** Lets go what a publication began with, as soon as the timeline is open. */
    private void release() {
        Publication from = seat.present();
        if (timeline != null && from != null) {
            if (beginning.lacksPictures()) {
                LOG.warn("announced pictures don't come path={}: does the encoder send key frames?", path);
            }
            settle(timeline, timeline.begin(from.info(), from.settings(), beginning.release(), seat.lastMediaNs()));
        } else if (beginning.isFull()) {
            dismiss(new CloseReason(
                    CloseReason.Kind.FAILED, "the timeline's file does not open in time: is the disk slow?"));
        }
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
            evict(over());
            end(false);
        }
    }

    /** Takes the stream from its publisher; whether there was one. From any thread. */
    private boolean dismiss(CloseReason reason) {
        Publication dismissed = seat.present();
        if (dismissed == null || !seat.leave(dismissed)) {
            return false;
        }
        LOG.info("publisher dismissed path={} kind={} reason=\"{}\"", path, reason.kind(), reason.description());
        dismissed.close(reason);
        onLoop(this::linger);
        return true;
    }

    /** Waits for an encoder. */
    private void linger() {
        if (seat.present() != null || seat.isClosed()) {
            return;
        }
        beginning.drop();
        attendance.left(wallClock.instant());
        if (timeline != null) {
            // Whoever comes goes on by the clock: the time until then must not lie behind the lease.
            journal.renew(timeline.head().state(), Timebase.fromMs(linger.toMillis()));
        }
        lingering.cancel();
        lingering = loop.schedule(linger.toNanos(), () -> end(true));
        stats = snapshot();
    }

    private void evict(CloseReason reason) {
        Publication last = seat.present();
        if (last != null && seat.leave(last)) {
            last.close(reason);
        }
    }

    /**
     * Ends the stream unless somebody has come to publish it.
     *
     * @param unmarked whether no mark has said yet that it ends
     */
    private void end(boolean unmarked) {
        if (!seat.close(this::giveBack)) {
            return;
        }
        for (Timer timer : List.of(lingering, ticking, opening)) {
            timer.cancel();
        }
        beginning.drop();
        LOG.info("stream over path={}", path);
        if (timeline != null && unmarked) {
            timeline.end();
        }
        outputs.close(over());
        lifecycle.onEnded(this, timeline != null);
    }

    /** The file gets back what was leased in vain, before anyone can open it anew. */
    private void giveBack() {
        CompletableFuture<Void> written = timeline == null
                ? CompletableFuture.completedFuture(null)
                : journal.finish(timeline.head().state());
        var unused = written.thenRun(() -> finished.complete(null));
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
        long nowNs = loop.nowNs();
        return new StreamStats(
                path,
                attendance.since(),
                attendance.present(seat, nowNs),
                attendance.waitingSince(),
                Snapshots.timeline(record, timeline, attendance.changes(), journal.faults()),
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
