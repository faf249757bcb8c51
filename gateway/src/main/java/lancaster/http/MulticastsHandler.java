package lancaster.http;

import io.undertow.io.Receiver;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import lancaster.bytes.ProtocolException;
import lancaster.output.MulticastOutputStats;
import lancaster.output.MulticastOutputs;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;

/**
 * {@code /api/v1/multicasts}: the IP multicast of live streams. POST starts the output of a stream, PATCH changes it,
 * DELETE stops it; a body holds keys of its section in the configuration, as a JSON object.
 */
final class MulticastsHandler implements HttpHandler {
    static final String PREFIX = "/api/v1/multicasts";

    private static final String METHODS = "GET, HEAD, POST, PATCH, DELETE";

    private final Site site;

    MulticastsHandler(Site site) {
        this.site = site;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        String path = exchange.getRequestPath();
        if (path.equals(PREFIX)) {
            if (Answers.isRead(exchange)) {
                json(exchange, 200, MulticastsJson.all(site.multicasts()));
            }
            return;
        }
        Optional<LiveStream> stream = stream(path.substring(PREFIX.length()));
        MulticastOutputs outputs = site.multicasts();
        switch (exchange.getRequestMethod().toString()) {
            case "GET", "HEAD" ->
                answer(
                        exchange,
                        stream.flatMap(live -> outputs.find(live.path())).map(output -> output.stats()));
            case "POST" -> withBody(exchange, stream, outputs::start);
            case "PATCH" -> withBody(exchange, stream, outputs::change);
            case "DELETE" -> later(exchange, outputs.stop(stream));
            default -> {
                exchange.getResponseHeaders().put(Headers.ALLOW, METHODS);
                Answers.text(exchange, 405, "An output can be started (POST), changed (PATCH), stopped (DELETE).");
            }
        }
    }

    private Optional<LiveStream> stream(String path) {
        try {
            return site.streams().find(StreamPath.parse(path));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    /** Starts or changes an output. */
    private interface Act {
        CompletableFuture<Optional<MulticastOutputStats>> on(
                Optional<LiveStream> stream, MulticastOutputs.Change change);
    }

    private void withBody(HttpServerExchange exchange, Optional<LiveStream> stream, Act act) {
        Receiver.FullBytesCallback whenRead = (read, body) -> {
            String text = new String(body, StandardCharsets.UTF_8);
            MulticastOutputs.Change change = (present, others) -> stream.isEmpty()
                    ? present
                    : site.multicastChanges().read(text, stream.get().path()).apply(present, others);
            later(read, act.on(stream, change));
        };
        exchange.getRequestReceiver()
                .receiveFullBytes(whenRead, (read, failure) -> Answers.text(read, 413, "This body can't be read."));
    }

    /** The answer comes from the multicast loop and is given by the thread of the connection. */
    private static void later(HttpServerExchange exchange, CompletableFuture<Optional<MulticastOutputStats>> settled) {
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
            var unused = settled.whenComplete(
                    (stats, failure) -> exchange.getIoThread().execute(() -> {
                        if (failure == null) {
                            answer(exchange, stats);
                        } else if (failure instanceof IllegalArgumentException) {
                            String message = String.valueOf(failure.getMessage());
                            json(exchange, 422, MulticastsJson.errors(Arrays.asList(message.split("\n", -1))));
                        } else {
                            json(exchange, 500, MulticastsJson.errors(List.of(failure.toString())));
                        }
                    }));
        });
    }

    private static void answer(HttpServerExchange exchange, Optional<MulticastOutputStats> stats) {
        if (stats.isPresent()) {
            json(exchange, 200, MulticastsJson.one(stats.get()));
        } else {
            json(
                    exchange,
                    404,
                    MulticastsJson.errors(List.of("This stream isn't live, or doesn't go out as multicast.")));
        }
    }

    private static void json(HttpServerExchange exchange, int status, byte[] body) {
        Answers.body(exchange, status, StreamsJson.CONTENT_TYPE, body);
    }
}
