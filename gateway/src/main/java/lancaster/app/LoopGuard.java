package lancaster.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import lancaster.http.Vitals;
import lancaster.runloop.RunLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after all loops of a gateway, on a thread of its own, and logs which of them hangs and at what. */
final class LoopGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopGuard.class);

    private static final long LOOK_NS = RunLoop.SECOND_NS;

    private final LongSupplier nanoTime;
    private final LoopWatch watch;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });

    LoopGuard(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        watch = new LoopWatch(nanoTime);
    }

    /**
     * From now on it looks.
     *
     * @param media by name
     * @param serving HTTP
     */
    void start(Map<String, ? extends Executor> media, List<? extends Executor> serving, Executor control) {
        media.forEach(watch::add);
        for (int i = 0; i < serving.size(); i++) {
            watch.add("http-" + (i + 1), serving.get(i));
        }
        watch.add("control", control);
        look();
        // When loops do what they do every second anyway.
        long waitNs = LOOK_NS - Math.floorMod(nanoTime.getAsLong(), LOOK_NS);
        var unused = looking.scheduleAtFixedRate(this::look, waitNs, LOOK_NS, TimeUnit.NANOSECONDS);
    }

    /** Whether every loop turns; from any thread. */
    boolean allTurn() {
        return watch.allTurn();
    }

    /** From any thread. */
    List<Vitals.LoopState> states() {
        return watch.states().stream()
                .map(state -> new Vitals.LoopState(state.loop(), state.delayNs(), state.hangs()))
                .toList();
    }

    private void look() {
        watch.look()
                .forEach(hang -> LOG.error(
                        "loop hangs loop={} for={}ms stack={}",
                        hang.loop(),
                        TimeUnit.NANOSECONDS.toMillis(hang.forNs()),
                        hang.stack()));
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
