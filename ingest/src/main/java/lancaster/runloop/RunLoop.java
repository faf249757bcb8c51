package lancaster.runloop;

import java.util.concurrent.Executor;

/**
 * One thread's turn-taking: clock, timers and task queue as one thing, so that the same protocol code runs on an event
 * loop and in virtual time. Every mutable object has one owner loop and is touched only from it.
 */
public interface RunLoop extends Executor {
    /** What {@link #scheduleSecond} counts by. */
    long SECOND_NS = 1_000_000_000;

    /** Monotonic nanoseconds; only differences mean something. Read once a turn and passed on. */
    long nowNs();

    /** Runs {@code task} on this loop once {@code delayNs} nanoseconds have passed; on the loop only. */
    Timer schedule(long delayNs, Runnable task);

    /**
     * Runs {@code task} when the next second of this loop's clock begins; on the loop only. What is done every second by
     * the way is done in one wake-up.
     */
    default Timer scheduleSecond(Runnable task) {
        return schedule(SECOND_NS - Math.floorMod(nowNs(), SECOND_NS), task);
    }

    /** Runs {@code task} on this loop, after what was handed in before it; from any thread. */
    @Override
    void execute(Runnable task);

    /**
     * What comes next from outside is wanted within {@code ns}, for the next second at least; on the loop only. A loop may
     * leave its sockets alone for some milliseconds, for waking up is what little work costs most.
     */
    default void lookWithin(long ns) {}

    /** Whether the caller runs on this loop. */
    boolean inLoop();
}
