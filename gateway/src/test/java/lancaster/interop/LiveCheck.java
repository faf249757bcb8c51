package lancaster.interop;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import lancaster.bytes.Bytes;
import lancaster.hlscheck.HlsWatch;
import lancaster.hlscheck.OtherReaders;

/** The strict checker and the readers of others, watching an address of a live gateway as a player would. */
final class LiveCheck {
    private static final long PERIOD_MS = 500;
    /** A busy machine may take this long for a poll. */
    private static final long SLACK_MICROS = 5_000_000;

    private final TestGateway gateway;
    private final String format;
    private final HlsWatch watch;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();

    /** Watches {@code path}, such as {@code live/townhall.m3u8}, in a format. */
    LiveCheck(TestGateway gateway, String path, String format) {
        this.gateway = gateway;
        this.format = format;
        watch = new HlsWatch(path, new OtherReaders(this::load), SLACK_MICROS);
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
        String query = path.endsWith(".m3u8") && path.indexOf("/fmp4/") < 0 && path.indexOf("/ts/") < 0
                ? "?format=" + format
                : "";
        try {
            HttpResponse<byte[]> answer = gateway.get(path + query);
            return answer.statusCode() == 200 ? Optional.of(Bytes.wrap(answer.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Stops, and demands that it saw at least so many segments and nothing wrong. */
    void assertClean(int segments) throws Exception {
        stop();
        failed.complete(null);
        failed.join();
        watch.findings().assertNone();
        if (watch.segmentsSeen() < segments) {
            throw new AssertionError("saw only " + watch.segmentsSeen() + " segments");
        }
    }

    void stop() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new AssertionError("still polling");
        }
    }
}
