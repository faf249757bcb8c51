package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import lancaster.bytes.Bytes;
import lancaster.hlscheck.Finding;
import lancaster.hlscheck.HlsWatch;
import lancaster.hlscheck.Rule;

/** Watches a stream of a gateway in the lab as a strict player does, until it is asked how it was. */
final class HlsViewer implements AutoCloseable {
    private static final long PERIOD_MS = 500;
    /** What a poll may take where everything runs at once. */
    private static final long SLACK_MICROS = TimeUnit.SECONDS.toMicros(5);

    private final LabGateway gateway;
    private final HlsWatch watch;
    private final Set<String> segments = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    /** @param path such as {@code live/townhall} */
    HlsViewer(LabGateway gateway, String path) {
        this.gateway = gateway;
        watch = new HlsWatch(path + ".m3u8", this::load, SLACK_MICROS);
        var unused = thread.scheduleWithFixedDelay(this::poll, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    private void poll() {
        try {
            watch.poll(TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
        } catch (RuntimeException | Error e) {
            failed.completeExceptionally(e);
        }
    }

    private Optional<Bytes> load(String path) {
        Optional<Bytes> body = gateway.fetch(path);
        if (body.isPresent() && !path.contains(".m3u8")) {
            segments.add(path);
        }
        return body;
    }

    /** Waits until so many more segments have come. */
    void awaitMore(int count) {
        int now = segments.size();
        Patience.await(count + " more segments", () -> segments.size() >= now + count || failed.isDone());
    }

    /** Stops, and gives what it saw that was wrong, but by these rules. */
    List<Finding> findings(Rule... broken) throws Exception {
        close();
        assertTrue(thread.awaitTermination(1, TimeUnit.MINUTES));
        failed.complete(null);
        failed.join();
        return watch.findings().all().stream()
                .filter(finding -> !List.of(broken).contains(finding.rule()))
                .toList();
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
