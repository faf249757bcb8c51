package lancaster.kit;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;

/**
 * A {@link RunLoop} in virtual time: nothing happens until the test moves the clock, and then everything happens in an
 * order that the test can repeat. Tasks of the same moment run in the order they were handed in. One thread only.
 */
public final class SimRunLoop implements RunLoop {
    private static final class Waiting implements Timer {
        final long dueNs;
        final long order;
        final Runnable task;
        boolean cancelled;

        Waiting(long dueNs, long order, Runnable task) {
            this.dueNs = dueNs;
            this.order = order;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    /** More turns than this without time passing are taken for an endless loop. */
    private static final int MAX_TURNS_AT_ONE_MOMENT = 1_000_000;

    private final PriorityQueue<Waiting> timers = new PriorityQueue<>(
            Comparator.<Waiting>comparingLong(timer -> timer.dueNs).thenComparingLong(timer -> timer.order));
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private long nowNs;
    private long order;
    private boolean running;
    private long lookWithinNs = Long.MAX_VALUE;

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public Timer schedule(long delayNs, Runnable task) {
        Waiting waiting = new Waiting(nowNs + Math.max(0, delayNs), order++, task);
        timers.add(waiting);
        return waiting;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void lookWithin(long ns) {
        lookWithinNs = ns;
    }

    /** What was said last. */
    public long lookWithinNs() {
        return lookWithinNs;
    }

    /** Everything in a test is in the loop: one thread maps all loops. */
    @Override
    public boolean inLoop() {
        return true;
    }

    /** Runs what is due now, without moving the clock. */
    public SimRunLoop runDue() {
        return advanceNs(0);
    }

    /** Moves the clock on by {@code ns}, running each task at its own moment. */
    public SimRunLoop advanceNs(long ns) {
        if (running) {
            throw new IllegalStateException("a task moves the clock it runs on");
        }
        running = true;
        try {
            runUntil(nowNs + ns);
        } finally {
            running = false;
        }
        return this;
    }

    public SimRunLoop advanceMs(long ms) {
        return advanceNs(ms * 1_000_000);
    }

    /** Timers that wait and are not cancelled. */
    public long pendingTimers() {
        return timers.stream().filter(timer -> !timer.cancelled).count();
    }

    private void runUntil(long endNs) {
        int turns = 0;
        while (true) {
            Runnable task = tasks.poll();
            if (task == null) {
                Waiting next = timers.peek();
                if (next == null || next.dueNs > endNs) {
                    break;
                }
                timers.remove();
                if (next.dueNs > nowNs) {
                    nowNs = next.dueNs;
                    turns = 0;
                }
                task = next.cancelled ? () -> {} : next.task;
            }
            if (++turns > MAX_TURNS_AT_ONE_MOMENT) {
                throw new AssertionError("tasks breed tasks without end at " + nowNs + " ns");
            }
            task.run();
        }
        nowNs = endNs;
    }
}
