package lancaster.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import lancaster.hls.HlsAddress;
import lancaster.hls.HlsAnswer;
import lancaster.hls.HlsFeed;
import lancaster.hls.Rendered;
import lancaster.output.Audience;
import org.jspecify.annotations.Nullable;

/** Playlists and segments: finished bytes and files are picked, nothing is made here. */
final class HlsHandler implements HttpHandler {
    private final Function<String, @Nullable HlsFeed> feeds;
    private final Audience audience;
    private final Duration writeTimeout;

    HlsHandler(Function<String, @Nullable HlsFeed> feeds, Audience audience, Duration writeTimeout) {
        this.feeds = feeds;
        this.audience = audience;
        this.writeTimeout = writeTimeout;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        Answers.allowAnyOrigin(exchange);
        if (!Answers.isRead(exchange)) {
            return;
        }
        HlsAddress address = HlsAddress.parse(exchange.getRequestPath().substring(1), format(exchange))
                .orElse(null);
        HlsFeed feed = address == null ? null : feeds.apply(address.stream());
        if (address == null || feed == null) {
            cache(exchange, Duration.ofSeconds(1));
            Answers.text(exchange, 404, "There is no such stream.");
            return;
        }
        HlsAnswer answer = feed.find(address.resource());
        cache(exchange, answer.maxAge());
        if (answer instanceof HlsAnswer.Playlist playlist) {
            Viewing.asked(audience, address.stream(), exchange);
            playlist(exchange, playlist.text());
        } else if (answer instanceof HlsAnswer.File file) {
            Viewing.asked(audience, address.stream(), exchange);
            file(exchange, file, address.stream());
        } else if (answer instanceof HlsAnswer.Gone) {
            Answers.text(exchange, 410, "This was here and is gone.");
        } else {
            Answers.text(exchange, 404, "This is not here, or not yet.");
        }
    }

    private static Optional<String> format(HttpServerExchange exchange) {
        if (exchange.getQueryString().isEmpty()) {
            return Optional.empty();
        }
        Deque<String> values = exchange.getQueryParameters().get("format");
        return values == null ? Optional.empty() : Optional.of(values.getFirst());
    }

    private static void cache(HttpServerExchange exchange, Duration maxAge) {
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "max-age=" + maxAge.toSeconds());
    }

    private static void playlist(HttpServerExchange exchange, Rendered text) {
        boolean gzip = Conditions.acceptsGzip(exchange);
        String etag = gzip ? text.gzipEtag() : text.etag();
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.VARY, "Accept-Encoding");
        headers.put(Headers.ETAG, etag);
        if (Conditions.isUnchanged(exchange, etag, Optional.empty())) {
            exchange.setStatusCode(304);
            exchange.endExchange();
            return;
        }
        headers.put(Headers.CONTENT_TYPE, HlsAnswer.Playlist.CONTENT_TYPE);
        if (gzip) {
            headers.put(Headers.CONTENT_ENCODING, "gzip");
        }
        Answers.send(exchange, (gzip ? text.gzip() : text.plain()).buffer());
    }

    private void file(HttpServerExchange exchange, HlsAnswer.File file, String stream) throws IOException {
        Path path = file.file().path();
        FileChannel channel;
        Instant modified;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            modified = Files.getLastModifiedTime(path).toInstant();
        } catch (IOException e) {
            // Deleted since it was looked up.
            Answers.text(exchange, 410, "This was here and is gone.");
            return;
        }
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.ETAG, file.etag());
        headers.put(Headers.LAST_MODIFIED, HttpDate.text(modified));
        headers.put(Headers.ACCEPT_RANGES, "bytes");
        if (Conditions.isUnchanged(exchange, file.etag(), Optional.of(modified))) {
            exchange.setStatusCode(304);
            finish(exchange, channel);
            return;
        }
        headers.put(Headers.CONTENT_TYPE, file.contentType());
        send(exchange, channel, file, stream);
    }

    private void send(HttpServerExchange exchange, FileChannel channel, HlsAnswer.File file, String stream)
            throws IOException {
        HeaderMap headers = exchange.getResponseHeaders();
        long size = file.file().length();
        ByteRange range = range(exchange, file.etag(), size);
        if (range.length() == 0) {
            exchange.setStatusCode(416);
            headers.put(Headers.CONTENT_RANGE, "bytes */" + size);
            exchange.setResponseContentLength(0);
            finish(exchange, channel);
            return;
        }
        if (range.length() < size) {
            exchange.setStatusCode(206);
            headers.put(Headers.CONTENT_RANGE, "bytes " + range.from() + '-' + range.last() + '/' + size);
        }
        exchange.setResponseContentLength(range.length());
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            finish(exchange, channel);
        } else {
            audience.sent(stream, range.length());
            new FileSender(exchange, channel, range, writeTimeout).start();
        }
    }

    private static void finish(HttpServerExchange exchange, FileChannel channel) throws IOException {
        channel.close();
        exchange.endExchange();
    }

    /** What is asked for; a Range counts with GET alone (RFC 9110 §14.2). */
    private static ByteRange range(HttpServerExchange exchange, String etag, long size) {
        String header = exchange.getRequestHeaders().getFirst(Headers.RANGE);
        boolean counts = header != null
                && exchange.getRequestMethod().equals(Methods.GET)
                && Conditions.rangeCounts(exchange, etag);
        ByteRange all = new ByteRange(0, size);
        return counts ? ByteRange.parse(header, size).orElse(all) : all;
    }
}
