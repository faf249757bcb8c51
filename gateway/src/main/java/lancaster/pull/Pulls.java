package lancaster.pull;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import lancaster.receiver.SourceUrl.PullUrl;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;

/** All streams that are fetched from other servers. From any thread. */
public final class Pulls implements AutoCloseable {
    private final PullContext context;
    private final Map<String, Pull> pulls = new ConcurrentHashMap<>();

    /** @param random spreads what is tried again; safe for several threads */
    public Pulls(Sources sources, StreamRegistry streams, InstantSource clock, RandomGenerator random) {
        this.context = new PullContext(sources, streams, clock, random);
    }

    /**
     * Fetches a stream from now on.
     *
     * @param settings asked for whenever it is published
     */
    public void add(StreamPath path, PullUrl source, Supplier<StreamSettings> settings) {
        Pull pull = source.isRtmp()
                ? RtmpPull.of(path, source, settings, context)
                : HlsPull.of(path, source, settings, context);
        if (pulls.putIfAbsent(path.toString(), pull) != null) {
            throw new IllegalStateException(path + " is fetched already");
        }
        context.sources().loop(path).execute(pull::start);
    }

    /** Fetches a stream no longer, if it did. */
    public void remove(StreamPath path) {
        Pull pull = pulls.remove(path.toString());
        if (pull != null) {
            context.sources().loop(path).execute(pull::close);
        }
    }

    public Optional<PullStats> find(StreamPath path) {
        return Optional.ofNullable(pulls.get(path.toString())).map(Pull::stats);
    }

    /** By path. */
    public List<PullStats> all() {
        return new TreeMap<>(pulls).values().stream().map(Pull::stats).toList();
    }

    @Override
    public void close() {
        pulls.keySet().forEach(path -> remove(StreamPath.parse(path)));
    }
}
