package lancaster.http;

import io.undertow.io.Receiver;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lancaster.access.Caller;
import lancaster.access.Role;
import lancaster.api.Api;
import lancaster.api.ApiRequest;
import lancaster.api.ApiResponse;
import lancaster.api.Problem;
import lancaster.bytes.Bytes;

/** {@code /api/}: statistics and control, for those whom the gatekeeper knows, by their roles. */
final class ApiHandler implements HttpHandler {
    /** What handlers may see of a request's head; secrets are not among it. */
    private static final List<HttpString> HEADERS = List.of(
            Headers.ACCEPT, Headers.CONTENT_TYPE, Headers.HOST, Headers.IF_MATCH, new HttpString("Last-Event-ID"));

    private static final HttpString RESOURCE_POLICY = new HttpString("Cross-Origin-Resource-Policy");
    private static final HttpString SECURITY_POLICY = new HttpString("Content-Security-Policy");
    /** An answer is no page; the last three don't follow from the first (CSP 3 §6.3, §6.4). */
    private static final String POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Api api;
    private final Gatekeeper keeper;
    private final Duration writeTimeout;

    ApiHandler(Api api, Gatekeeper keeper, Duration writeTimeout) {
        this.api = api;
        this.keeper = keeper;
        this.writeTimeout = writeTimeout;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        // Answers are for scripts, and never pages, frames or parts of others.
        exchange.getResponseHeaders().put(SECURITY_POLICY, POLICY);
        exchange.getResponseHeaders().put(RESOURCE_POLICY, "same-origin");
        Gatekeeper.Finding finding = keeper.find(exchange);
        if (finding instanceof Gatekeeper.Known known) {
            Gatekeeper.Refused stranger = Gatekeeper.STRANGER;
            if (isStranger(exchange, known.caller())) {
                refuse(exchange, stranger);
            } else {
                handle(exchange, known.caller());
            }
        } else {
            refuse(exchange, (Gatekeeper.Refused) finding);
        }
    }

    /** Whether he must say first who he is; nothing that he sends is read before. */
    private boolean isStranger(HttpServerExchange exchange, Caller caller) {
        String method = exchange.getRequestMethod().toString();
        return caller.who().role() == Role.ANYONE
                && api.needs(method.equals("HEAD") ? "GET" : method, exchange.getRequestPath())
                        .filter(Role.ANYONE::covers)
                        .isEmpty();
    }

    private void handle(HttpServerExchange exchange, Caller caller) {
        HttpString method = exchange.getRequestMethod();
        Optional<Map<String, String>> query = query(exchange);
        if (query.isEmpty()) {
            refuse(exchange, 400, "A parameter is given twice.");
        } else if (method.equals(Methods.OPTIONS)) {
            options(exchange);
        } else if (method.equals(Methods.GET) || method.equals(Methods.HEAD)) {
            answer(exchange, request(exchange, "GET", query.get(), Bytes.EMPTY, caller));
        } else {
            Receiver.FullBytesCallback whenRead = (read, body) -> answer(
                    read, request(read, read.getRequestMethod().toString(), query.get(), Bytes.wrap(body), caller));
            exchange.getRequestReceiver()
                    .receiveFullBytes(
                            whenRead, (read, failure) -> refuse(read, 413, "This body is too long, or broken off."));
        }
    }

    private void options(HttpServerExchange exchange) {
        List<String> methods = api.methods(exchange.getRequestPath());
        exchange.setStatusCode(methods.isEmpty() ? 404 : 204);
        exchange.getResponseHeaders().put(Headers.ALLOW, String.join(", ", methods));
        exchange.endExchange();
    }

    private static ApiRequest request(
            HttpServerExchange exchange, String method, Map<String, String> query, Bytes body, Caller caller) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpString name : HEADERS) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                headers.put(name.toString().toLowerCase(java.util.Locale.ROOT), value);
            }
        }
        return new ApiRequest(method, exchange.getRequestPath(), Map.of(), query, headers, body, caller);
    }

    /** Empty where a parameter comes twice: which one counts nobody could know. */
    private static Optional<Map<String, String>> query(HttpServerExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        for (Map.Entry<String, Deque<String>> parameter :
                exchange.getQueryParameters().entrySet()) {
            if (parameter.getValue().size() != 1) {
                return Optional.empty();
            }
            query.put(parameter.getKey(), parameter.getValue().getFirst());
        }
        return Optional.of(query);
    }

    /** Where the answer comes from another thread it is given by the thread of the connection. */
    private void answer(HttpServerExchange exchange, ApiRequest request) {
        CompletionStage<ApiResponse> answer = api.answer(request);
        if (answer.toCompletableFuture().isDone()) {
            send(exchange, answer.toCompletableFuture().join());
            return;
        }
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
            var unused = answer.thenAccept(response -> exchange.getIoThread().execute(() -> send(exchange, response)));
        });
    }

    private void refuse(HttpServerExchange exchange, Gatekeeper.Refused refused) {
        if (!refused.challenge().isEmpty()) {
            exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, refused.challenge());
        }
        refuse(exchange, refused.status(), refused.detail());
    }

    private void refuse(HttpServerExchange exchange, int status, String detail) {
        send(exchange, ApiResponse.problem(Problem.of(status, detail)));
    }

    private void send(HttpServerExchange exchange, ApiResponse response) {
        HeaderMap headers = exchange.getResponseHeaders();
        response.headers().forEach((name, value) -> headers.put(new HttpString(name), value));
        if (response.body() instanceof ApiResponse.Whole whole) {
            Answers.body(
                    exchange,
                    response.status(),
                    whole.contentType(),
                    whole.bytes().toArray());
        } else if (response.body() instanceof ApiResponse.Endless endless) {
            FeedSender.send(exchange, endless, writeTimeout, () -> keeper.isStillLetIn(exchange, Role.VIEW));
        } else {
            exchange.setStatusCode(response.status());
            exchange.endExchange();
        }
    }
}
