package lancaster.receiver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import lancaster.bytes.Bytes;

/** Fetches session descriptions from files and over HTTP. */
final class SessionLoader {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** Descriptions are a kilobyte or two. */
    private static final int LIMIT_BYTES = 64 << 10;

    private static final int OK = 200;

    private final Executor executor;
    private final LateHttpClient client;

    /** @param executor may read files */
    SessionLoader(Executor executor) {
        this.executor = executor;
        this.client = new LateHttpClient(executor, TIMEOUT, Optional.empty());
    }

    /** Fails with an exception whose message says to people what is wrong. */
    CompletableFuture<Bytes> load(URI uri) {
        if ("file".equals(uri.getScheme())) {
            return CompletableFuture.supplyAsync(() -> read(Path.of(uri)), executor);
        }
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
        return client.get()
                .sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(answer -> body(uri, answer), executor)
                .exceptionallyCompose(problem -> CompletableFuture.failedFuture(explained(uri, problem)));
    }

    private static Bytes read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return limited(in);
        } catch (IOException e) {
            throw new CompletionException(new IOException(file + " can't be read: " + e, e));
        }
    }

    private static Bytes body(URI uri, HttpResponse<InputStream> answer) {
        try (InputStream in = answer.body()) {
            if (answer.statusCode() != OK) {
                throw new IOException(uri + " answers " + answer.statusCode());
            }
            return limited(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes limited(InputStream in) throws IOException {
        byte[] text = in.readNBytes(LIMIT_BYTES + 1);
        if (text.length > LIMIT_BYTES) {
            throw new IOException("a session description of more than " + LIMIT_BYTES + " bytes");
        }
        return Bytes.wrap(text);
    }

    private static IOException explained(URI uri, Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null
                && (cause instanceof CompletionException || cause instanceof UncheckedIOException)) {
            cause = cause.getCause();
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new IOException(text.startsWith(uri.toString()) ? text : uri + " can't be fetched: " + text, cause);
    }
}
