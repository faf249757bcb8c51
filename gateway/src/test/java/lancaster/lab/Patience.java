package lancaster.lab;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in real time for what other processes bring about. */
final class Patience {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private Patience() {}

    static void await(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within " + TimeUnit.NANOSECONDS.toSeconds(LIMIT_NS) + " s: " + what);
            }
            LockSupport.parkNanos(PERIOD_NS);
        }
    }
}
