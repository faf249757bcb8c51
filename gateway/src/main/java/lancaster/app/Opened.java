package lancaster.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, threads too, to be closed in the opposite order. Of who starts and closes the gateway. */
final class Opened implements AutoCloseable {
    /** For the last writes to the disk. */
    static final long END_TIMEOUT_S = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T closeable) {
        open.push(closeable);
        return closeable;
    }

    /** @param closing what is done when it is time */
    void onClose(AutoCloseable closing) {
        open.push(closing);
    }

    ScheduledExecutorService timed(String name) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, name));
        endsWithinBounds(executor);
        return executor;
    }

    ExecutorService thread(String name) {
        return threads(name, 1);
    }

    ExecutorService threads(String name, int most) {
        ExecutorService executor = Executors.newFixedThreadPool(most, task -> daemon(task, name));
        endsWithinBounds(executor);
        return executor;
    }

    /** Of those whose work nobody waits for in the end. */
    ExecutorService idleThreads(String name, int most) {
        ExecutorService executor = Executors.newFixedThreadPool(most, task -> daemon(task, name));
        open.push(executor::shutdownNow);
        return executor;
    }

    /** What it has begun it may end: a file that is half written is no use. */
    private void endsWithinBounds(ExecutorService executor) {
        open.push(() -> {
            executor.shutdown();
            if (!executor.awaitTermination(END_TIMEOUT_S, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        });
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("close failed", e);
            }
        }
    }
}
