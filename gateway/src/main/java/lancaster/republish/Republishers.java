package lancaster.republish;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamListener;
import lancaster.stream.StreamPath;

/**
 * All streams that are sent on: each one's targets are up as long as the stream is. May be used from any thread.
 */
public final class Republishers implements StreamListener, AutoCloseable {
    private static final long CLOSE_TIMEOUT_S = 1;

    private final Target.Context context;
    private final Function<StreamPath, List<TargetSettings>> configured;
    private final Map<StreamPath, Republisher> republishers = new ConcurrentHashMap<>();

    /**
     * @param configured the targets of a stream
     * @param random spreads what is tried again; safe for several threads
     */
    public Republishers(
            Uplinks uplinks,
            Function<StreamPath, List<TargetSettings>> configured,
            InstantSource clock,
            RandomGenerator random) {
        AtomicLong ids = new AtomicLong();
        this.context = new Target.Context(uplinks, clock, random, ids::incrementAndGet, ConcurrentHashMap.newKeySet());
        this.configured = configured;
    }

    @Override
    public void onCreated(LiveStream stream) {
        List<TargetSettings> targets = configured.apply(stream.path());
        if (!targets.isEmpty()) {
            begin(stream, targets);
        }
    }

    private void begin(LiveStream stream, List<TargetSettings> targets) {
        Republisher begun = new Republisher(stream, context);
        Republisher before = republishers.put(stream.path(), begun);
        if (before != null) {
            context.uplinks().loop(stream.path()).execute(before::close);
        }
        begun.start(targets);
    }

    @Override
    public void onEnded(LiveStream stream) {
        Republisher ended = republishers.get(stream.path());
        if (ended != null && ended.stream() == stream && republishers.remove(stream.path(), ended)) {
            context.uplinks().loop(stream.path()).execute(ended::close);
        }
    }

    /** Other targets are configured for {@code stream}; those that stay are not touched. */
    public void reconfigure(LiveStream stream) {
        context.uplinks().loop(stream.path()).execute(() -> {
            List<TargetSettings> targets = configured.apply(stream.path());
            Republisher present = republishers.get(stream.path());
            if (present != null && present.stream() == stream) {
                present.change(targets);
            } else if (!targets.isEmpty()) {
                begin(stream, targets);
            }
        });
    }

    /**
     * Stops one target by hand, until it is started or the gateway restarts; that it is stopped outlives the stream.
     *
     * @param id of its statistics
     * @return how it does then; empty if there is no such target
     */
    public CompletableFuture<Optional<TargetStats>> stop(StreamPath path, long id) {
        return with(path, id, Target::stop);
    }

    /** Starts one target by hand, and at once where it waits to try again. */
    public CompletableFuture<Optional<TargetStats>> start(StreamPath path, long id) {
        return with(path, id, Target::resume);
    }

    private CompletableFuture<Optional<TargetStats>> with(StreamPath path, long id, Consumer<Target> act) {
        Republisher republisher = republishers.get(path);
        if (republisher == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    Optional<Target> target = republisher.find(id);
                    target.ifPresent(act);
                    return target.map(Target::stats);
                },
                task -> context.uplinks().loop(path).execute(task));
    }

    /** The targets of a stream that is live. */
    public List<TargetStats> find(StreamPath path) {
        Republisher republisher = republishers.get(path);
        return republisher == null ? List.of() : republisher.stats();
    }

    /** By stream. */
    public List<TargetStats> all() {
        List<TargetStats> all = new ArrayList<>();
        republishers.entrySet().stream()
                .sorted(java.util.Comparator.comparing(entry -> entry.getKey().toString()))
                .forEach(entry -> all.addAll(entry.getValue().stats()));
        return all;
    }

    /** Says goodbye to all servers. */
    @Override
    public void close() {
        List<CompletableFuture<Void>> closed = new ArrayList<>();
        republishers.forEach((path, republisher) -> closed.add(CompletableFuture.runAsync(
                republisher::close, task -> context.uplinks().loop(path).execute(task))));
        // Where a loop is stuck the others have said goodbye all the same.
        CompletableFuture.allOf(closed.toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, CLOSE_TIMEOUT_S, TimeUnit.SECONDS)
                .join();
    }
}
