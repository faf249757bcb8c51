package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.Optional;

/** What answers have in common. */
final class Answers {
    private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
    private static final HttpString EXPOSE_HEADERS = new HttpString("Access-Control-Expose-Headers");
    private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
    private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
    private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");
    private static final HttpString CONTENT_TYPE_OPTIONS = new HttpString("X-Content-Type-Options");
    private static final String READ_METHODS = "GET, HEAD, OPTIONS";

    private Answers() {}

    /** Lets scripts of any origin read the answer, and of its headers those that players measure with. */
    static void allowAnyOrigin(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(ALLOW_ORIGIN, "*");
        headers.put(EXPOSE_HEADERS, "Age, Content-Length, Content-Range, Date, ETag");
    }

    /** Takes that back. */
    static void keepFromOtherOrigins(HttpServerExchange exchange) {
        exchange.getResponseHeaders().remove(ALLOW_ORIGIN);
        exchange.getResponseHeaders().remove(EXPOSE_HEADERS);
    }

    /** Whether the method only reads; if not, it is answered: OPTIONS with what there is, others with 405. */
    static boolean isRead(HttpServerExchange exchange) {
        HttpString method = exchange.getRequestMethod();
        if (method.equals(Methods.GET) || method.equals(Methods.HEAD)) {
            return true;
        }
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.ALLOW, READ_METHODS);
        if (method.equals(Methods.OPTIONS)) {
            headers.put(ALLOW_METHODS, READ_METHODS);
            headers.put(ALLOW_HEADERS, "Range, If-None-Match, If-Modified-Since, Cache-Control");
            headers.put(MAX_AGE, "86400");
            exchange.setStatusCode(204);
            exchange.endExchange();
        } else {
            text(exchange, 405, "This can only be read.");
        }
        return false;
    }

    /** A parameter of the query, if it is there. */
    static Optional<String> parameter(HttpServerExchange exchange, String name) {
        if (exchange.getQueryString().isEmpty()) {
            return Optional.empty();
        }
        Deque<String> values = exchange.getQueryParameters().get(name);
        return values == null ? Optional.empty() : Optional.of(values.getFirst());
    }

    static void noSniff(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(CONTENT_TYPE_OPTIONS, "nosniff");
    }

    static void text(HttpServerExchange exchange, int status, String text) {
        body(exchange, status, "text/plain; charset=utf-8", (text + '\n').getBytes(StandardCharsets.UTF_8));
    }

    static void redirect(HttpServerExchange exchange, String path) {
        exchange.setStatusCode(308);
        exchange.getResponseHeaders().put(Headers.LOCATION, path);
        exchange.endExchange();
    }

    /** An answer that is made for this request and not kept by caches, unless the caller said so before. */
    static void body(HttpServerExchange exchange, int status, String contentType, byte[] body) {
        noSniff(exchange);
        exchange.setStatusCode(status);
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.CONTENT_TYPE, contentType);
        if (!headers.contains(Headers.CACHE_CONTROL)) {
            headers.put(Headers.CACHE_CONTROL, "no-store");
        }
        send(exchange, ByteBuffer.wrap(body));
    }

    /** The body, or for HEAD its length alone. */
    static void send(HttpServerExchange exchange, ByteBuffer body) {
        exchange.setResponseContentLength(body.remaining());
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.endExchange();
        } else {
            exchange.getResponseSender().send(body);
        }
    }
}
