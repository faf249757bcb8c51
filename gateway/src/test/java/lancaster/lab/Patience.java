package lancaster.lab;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in real time for what other processes bring about. */
final class Patience {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private Patience() {}

    static void await(String what, BooleanSupplier condition) {
        await(what, LIMIT, condition);
    }

    static void await(String what, Duration limit, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            LockSupport.parkNanos(PERIOD_NS);
        }
    }
}
