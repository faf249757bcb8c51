package lancaster.pull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.receiver.LateHttpClient;
import org.jspecify.annotations.Nullable;

/** Fetches documents over HTTP, none larger and none slower than allowed. */
final class HttpDocuments {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** For a whole answer; a segment that takes longer comes too late anyway. */
    private static final int ANSWER_TIMEOUT_S = 20;

    private static final int OK = 200;
    private static final int PARTIAL = 206;

    private final LateHttpClient client;

    HttpDocuments(Executor executor, Supplier<SSLContext> authorities) {
        client = new LateHttpClient(executor, CONNECT_TIMEOUT, Optional.of(authorities));
    }

    CompletableFuture<Sources.Document> get(URI uri, Optional<String> range, int limitBytes) {
        HttpRequest request;
        try {
            HttpRequest.Builder get = HttpRequest.newBuilder(uri).header("User-Agent", "Lancaster");
            if ("http".equals(uri.getScheme())) {
                // Not every server of plain HTTP bears being asked for HTTP/2.
                get.version(HttpClient.Version.HTTP_1_1);
            }
            range.ifPresent(bytes -> get.header("Range", bytes));
            request = get.build();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new IOException(shown(uri) + ": " + e.getMessage()));
        }
        int good = range.isPresent() ? PARTIAL : OK;
        CompletableFuture<HttpResponse<Bytes>> exchange = client.get().sendAsync(request, head -> new Body(limitBytes));
        CompletableFuture<Sources.Document> document = exchange.thenApply(answer -> {
            if (answer.statusCode() != good) {
                throw new CompletionException(
                        new IOException(shown(uri) + " answers with HTTP status " + answer.statusCode()));
            }
            return new Sources.Document(answer.uri(), answer.body());
        });
        return document.orTimeout(ANSWER_TIMEOUT_S, TimeUnit.SECONDS)
                .whenComplete((got, failure) -> exchange.cancel(true))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(uri, failure)));
    }

    private static IOException explained(URI uri, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return new IOException(shown(uri) + ": no whole answer within " + ANSWER_TIMEOUT_S + " s");
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new IOException(text.startsWith(shown(uri)) ? text : shown(uri) + " can't be fetched: " + text, cause);
    }

    /** Without what may be secret. */
    private static String shown(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
    }

    /** The bytes of an answer, up to a limit. */
    private static final class Body implements BodySubscriber<Bytes> {
        private final int limitBytes;
        private final CompletableFuture<Bytes> whole = new CompletableFuture<>();
        private final ByteWriter got = new ByteWriter();
        private Flow.@Nullable Subscription subscription;

        Body(int limitBytes) {
            this.limitBytes = limitBytes;
        }

        @Override
        public CompletionStage<Bytes> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            for (ByteBuffer part : parts) {
                if (part.remaining() > limitBytes - got.length()) {
                    whole.completeExceptionally(new IOException("more than " + limitBytes + " bytes"));
                    if (subscription != null) {
                        subscription.cancel();
                    }
                    return;
                }
                got.bytes(Bytes.copyOf(part));
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(got.bytes());
        }
    }
}
