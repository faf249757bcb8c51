package lancaster.interop;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits in real time for what another process or thread will bring about. */
final class Eventually {
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(20);

    interface Condition {
        boolean holds() throws Exception;
    }

    private Eventually() {}

    /** @param what for the failure: "the stream is listed" */
    static void holds(String what, Duration patience, Condition condition) throws Exception {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within " + patience + ": " + what);
            }
            LockSupport.parkNanos(PERIOD_NS);
        }
    }
}
