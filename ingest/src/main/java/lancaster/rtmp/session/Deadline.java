package lancaster.rtmp.session;

import java.time.Duration;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;

/** The one thing a connection waits for: setting another replaces it. */
public final class Deadline {
    private final RunLoop loop;
    private Timer timer = Timer.NONE;

    public Deadline(RunLoop loop) {
        this.loop = loop;
    }

    public void set(Duration delay, Runnable task) {
        setNs(delay.toNanos(), task);
    }

    public void setNs(long delayNs, Runnable task) {
        timer.cancel();
        timer = loop.schedule(delayNs, task);
    }

    public void cancel() {
        timer.cancel();
        timer = Timer.NONE;
    }
}
