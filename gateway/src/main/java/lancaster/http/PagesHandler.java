package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The pages and what they load, from the class path. They are read once and kept. */
final class PagesHandler {
    static final String PREFIX = "/ui/";

    private static final String FOLDER = "/web-ui/";
    /** The HLS player comes in a jar of its own. */
    private static final String PLAYER = "hls.js";

    private static final String PLAYER_RESOURCE = "/META-INF/resources/webjars/hls.js/1.4.12/dist/hls.min.js";
    private static final HttpString SECURITY_POLICY = new HttpString("Content-Security-Policy");
    /** Nothing but what this box serves; the player makes media and its worker from memory. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'self'";

    private static final HttpString REFERRER_POLICY = new HttpString("Referrer-Policy");
    private static final HttpString OPENER_POLICY = new HttpString("Cross-Origin-Opener-Policy");
    private static final HttpString PERMISSIONS_POLICY = new HttpString("Permissions-Policy");

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "webmanifest", "application/manifest+json");

    private final Map<String, Page> kept = new ConcurrentHashMap<>();

    void page(HttpServerExchange exchange, String name) throws IOException {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(SECURITY_POLICY, POLICY);
        headers.put(REFERRER_POLICY, "no-referrer");
        headers.put(OPENER_POLICY, "same-origin");
        headers.put(PERMISSIONS_POLICY, "camera=(), microphone=(), geolocation=()");
        asset(exchange, name);
    }

    void asset(HttpServerExchange exchange, String name) throws IOException {
        if (!Answers.isRead(exchange)) {
            return;
        }
        Optional<Page> page = find(name);
        if (page.isPresent()) {
            send(exchange, page.get());
        } else {
            Answers.text(exchange, 404, "There is nothing here.");
        }
    }

    private static void send(HttpServerExchange exchange, Page page) {
        boolean gzip = Conditions.acceptsGzip(exchange);
        String etag = gzip ? page.gzipEtag() : page.etag();
        HeaderMap headers = exchange.getResponseHeaders();
        Answers.noSniff(exchange);
        headers.put(Headers.VARY, "Accept-Encoding");
        headers.put(Headers.ETAG, etag);
        // A new version of the program has the same names: ask each time.
        headers.put(Headers.CACHE_CONTROL, "no-cache");
        if (Conditions.isUnchanged(exchange, etag, Optional.empty())) {
            exchange.setStatusCode(304);
            exchange.endExchange();
            return;
        }
        headers.put(Headers.CONTENT_TYPE, page.contentType());
        if (gzip) {
            headers.put(Headers.CONTENT_ENCODING, "gzip");
        }
        Answers.send(exchange, (gzip ? page.gzip() : page.plain()).duplicate());
    }

    private Optional<Page> find(String name) throws IOException {
        Page page = kept.get(name);
        String contentType = CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (page == null && contentType != null && name.indexOf('/') < 0) {
            page = read(name.equals(PLAYER) ? PLAYER_RESOURCE : FOLDER + name, contentType);
            if (page != null) {
                kept.put(name, page);
            }
        }
        return Optional.ofNullable(page);
    }

    private static @org.jspecify.annotations.Nullable Page read(String resource, String contentType)
            throws IOException {
        try (InputStream in = PagesHandler.class.getResourceAsStream(resource)) {
            return in == null ? null : Page.of(contentType, in.readAllBytes());
        }
    }
}
