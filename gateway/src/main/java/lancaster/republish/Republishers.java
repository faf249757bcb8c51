package lancaster.republish;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
        this.context = new Target.Context(uplinks, clock, random);
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
