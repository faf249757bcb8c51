package lancaster.interop;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Notices when the machine stands still, which is nobody's fault. */
final class Heartbeat implements AutoCloseable {
    private static final long PERIOD_MS = 20;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong lastNs = new AtomicLong(System.nanoTime());
    private final AtomicLong longestNs = new AtomicLong();

    Heartbeat() {
        var unused = thread.scheduleWithFixedDelay(this::beat, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        long nowNs = System.nanoTime();
        longestNs.accumulateAndGet(nowNs - lastNs.getAndSet(nowNs), Math::max);
    }

    long longestPauseNs() {
        return longestNs.get();
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
