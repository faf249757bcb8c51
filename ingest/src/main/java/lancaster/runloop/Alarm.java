package lancaster.runloop;

/**
 * One moment to wake at, which may be moved with every packet: moving it later, or calling it off, leaves the timer alone
 * that already runs and lets it ask again when it fires. Of the loop that it was made for.
 */
public final class Alarm {
    private final RunLoop loop;
    private final Runnable task;
    private Timer timer = Timer.NONE;
    private boolean waiting;
    private long wakesNs;
    private boolean set;
    private long dueNs;

    public Alarm(RunLoop loop, Runnable task) {
        this.loop = loop;
        this.task = task;
    }

    /** Runs the task at {@code atNs} and not when it was to run before. */
    public void set(long atNs) {
        set = true;
        dueNs = atNs;
        if (!waiting || atNs - wakesNs < 0) {
            timer.cancel();
            waiting = true;
            wakesNs = atNs;
            timer = loop.schedule(Math.max(0, atNs - loop.nowNs()), this::wake);
        }
    }

    /** Runs the task {@code delayNs} from now and not when it was to run before. */
    public void setIn(long delayNs) {
        set(loop.nowNs() + delayNs);
    }

    public boolean isSet() {
        return set;
    }

    /** Calls it off; a timer may go on for nothing. */
    public void clear() {
        set = false;
    }

    /** Calls it off for good: no timer is left behind. */
    public void stop() {
        set = false;
        waiting = false;
        timer.cancel();
        timer = Timer.NONE;
    }

    private void wake() {
        waiting = false;
        timer = Timer.NONE;
        if (!set) {
            return;
        }
        if (dueNs - loop.nowNs() > 0) {
            set(dueNs);
            return;
        }
        set = false;
        task.run();
    }
}
