package lancaster.stream;

import java.util.concurrent.RejectedExecutionException;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.runloop.RunLoop;
import lancaster.stream.EventQueue.Gap;
import lancaster.stream.StreamStats.SubscriptionStats;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One output of a stream: a bounded queue from the stream's loop to its owner's. Configurations and marks are never
 * thrown away. Whoever finds nobody draining schedules the drain, so there is one task a burst.
 */
public final class Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    /** So many events are delivered before other tasks of the loop get their turn. */
    private static final int EVENTS_A_TURN = 256;
    /** A sink that lets this many configurations and marks pile up has been stuck for hours. */
    private static final int MAX_PINNED = 10_000;

    private enum State {
        WAITING_FOR_START,
        RUNNING,
        SKIPPING,
        CLOSED
    }

    private final SubscriptionSettings settings;
    private final StreamPath path;
    private final RunLoop owner;
    private final MediaSink sink;
    /** Belongs to the stream's loop. */
    private long loggedCuts;

    /** Guards all that follows. */
    private final Object lock = new Object();

    private final EventQueue queue;
    private State state = State.WAITING_FOR_START;
    /** The mark that came last while waiting for the start: it counts if the start comes directly behind it. */
    private @Nullable Mark markBeforeStart;

    private boolean draining;
    private @Nullable CloseReason closing;
    private long delivered;
    private long cuts;

    Subscription(StreamPath path, SubscriptionSettings settings, RunLoop owner, MediaSink sink) {
        this.path = path;
        this.settings = settings;
        this.owner = owner;
        this.sink = sink;
        this.queue = new EventQueue(
                settings.limitBytes(), Timebase.fromMs(settings.limitTime().toMillis()));
    }

    /** Ends the subscription; what is queued is thrown away. From any thread. */
    public void close() {
        closeNow(new CloseReason(CloseReason.Kind.UNSUBSCRIBED, "its owner closed it"));
    }

    public boolean isClosed() {
        synchronized (lock) {
            return state == State.CLOSED;
        }
    }

    public SubscriptionStats stats() {
        synchronized (lock) {
            return new SubscriptionStats(
                    settings.name(),
                    queue.size(),
                    queue.queuedBytes(),
                    queue.queuedMs(),
                    delivered,
                    cuts,
                    queue.gapAccessUnits(),
                    queue.gapBytes());
        }
    }

    /** Whether its output threw, or lost its loop. */
    boolean hasFailed() {
        synchronized (lock) {
            return closing != null && closing.kind() == CloseReason.Kind.FAILED;
        }
    }

    Start start() {
        return settings.start();
    }

    long patienceNs() {
        return settings.patience().toNanos();
    }

    /**
     * Queues what the subscriber is to see of {@code event}; whether it is still there.
     *
     * @param startsHere whether decoding of the whole stream may start at this event
     */
    boolean offer(MediaEvent event, boolean startsHere) {
        synchronized (lock) {
            if (state == State.CLOSED) {
                return false;
            }
            if (event instanceof AccessUnit unit) {
                offer(unit, startsHere);
            } else if (event instanceof DataMessage message) {
                if (state != State.SKIPPING && !queue.isFullFor(message)) {
                    queue.add(message);
                }
            } else if (event instanceof Mark mark && mark.beginsSegment() && state == State.WAITING_FOR_START) {
                markBeforeStart = mark;
            } else {
                queue.add(event);
            }
            if (queue.pinned() > MAX_PINNED) {
                closeNow(new CloseReason(CloseReason.Kind.BEHIND, "it reads nothing"));
            }
            if (!queue.isEmpty()) {
                scheduleDrain();
            }
            return state != State.CLOSED;
        }
    }

    /** Access units are missing here before they came to the queue. */
    void offerGap(int accessUnits) {
        synchronized (lock) {
            if (state == State.RUNNING || state == State.SKIPPING) {
                queue.addGap(accessUnits);
                scheduleDrain();
            }
        }
    }

    /** Says in the log what was thrown away since it last did. */
    void logCuts() {
        SubscriptionStats now = stats();
        if (now.cuts() > loggedCuts) {
            LOG.warn(
                    "output cut back path={} output={} cuts={} access-units={} bytes={}",
                    path,
                    settings.name(),
                    now.cuts() - loggedCuts,
                    now.gapAccessUnits(),
                    now.gapBytes());
            loggedCuts = now.cuts();
        }
    }

    /** Ends the subscription after what is queued. */
    void closeAfterQueue(CloseReason reason) {
        close(reason, false);
    }

    private void closeNow(CloseReason reason) {
        close(reason, true);
    }

    private void close(CloseReason reason, boolean discard) {
        synchronized (lock) {
            if (discard) {
                queue.clear();
            }
            if (state != State.CLOSED) {
                state = State.CLOSED;
                closing = reason;
                scheduleDrain();
            }
        }
    }

    private void offer(AccessUnit unit, boolean startsHere) {
        if (state == State.WAITING_FOR_START && startsHere) {
            state = State.RUNNING;
            if (markBeforeStart != null) {
                queue.add(markBeforeStart);
            }
        }
        markBeforeStart = null;
        if (state == State.RUNNING && queue.isFullFor(unit)) {
            overflow();
        }
        if (state == State.SKIPPING && startsHere && !queue.isFullFor(unit)) {
            state = State.RUNNING;
        }
        if (state == State.RUNNING) {
            queue.add(unit);
        } else if (state == State.SKIPPING) {
            queue.addToGap(unit);
        }
    }

    private void overflow() {
        cuts++;
        state = State.SKIPPING;
        if (settings.overflow() == OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT) {
            queue.cut();
        } else if (settings.overflow() == OverflowPolicy.DISCONNECT) {
            closeNow(new CloseReason(CloseReason.Kind.BEHIND, "its queue overflowed"));
        }
    }

    private void scheduleDrain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            owner.execute(this::drain);
        } catch (RejectedExecutionException e) {
            LOG.warn("output lost its loop path={} output={}", path, settings.name());
            state = State.CLOSED;
            closing = new CloseReason(CloseReason.Kind.FAILED, "its loop is gone");
            queue.clear();
        }
    }

    private void drain() {
        try {
            for (int i = 0; i < EVENTS_A_TURN; i++) {
                Object entry = poll();
                if (entry == null) {
                    sink.onBatchEnd();
                    break;
                }
                deliver(entry);
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("output failed path={} output={}", path, settings.name(), e);
            fail(new CloseReason(CloseReason.Kind.FAILED, "the output failed: " + e));
        }
        endTurn();
    }

    private @Nullable Object poll() {
        synchronized (lock) {
            Object entry = queue.poll();
            if (entry != null) {
                delivered++;
            }
            return entry;
        }
    }

    private void deliver(Object entry) {
        if (entry instanceof MediaEvent event) {
            sink.onEvent(event);
        } else if (entry instanceof Gap gap) {
            sink.onGap(gap.accessUnits());
        }
    }

    private void fail(CloseReason reason) {
        synchronized (lock) {
            queue.clear();
            state = State.CLOSED;
            closing = reason;
        }
    }

    private void endTurn() {
        CloseReason reason;
        synchronized (lock) {
            if (!queue.isEmpty()) {
                owner.execute(this::drain);
                return;
            }
            reason = closing;
            // A closed subscription keeps the flag: nothing is scheduled any more.
            draining = reason != null;
        }
        if (reason != null) {
            try {
                sink.onClosed(reason);
            } catch (RuntimeException | Error e) {
                LOG.warn("output failed at its end path={} output={}", path, settings.name(), e);
            }
        }
    }
}
