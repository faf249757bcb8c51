package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lancaster.output.Audience;
import lancaster.segment.Rendered;
import lancaster.segment.SegmentFile;
import lancaster.segment.SegmentReader;

/** Sends what is finished: rendered lists and the files of segments, as RFC 9110 wants it. */
final class Downloads {
    private final Audience audience;
    private final Duration writeTimeout;

    Downloads(Audience audience, Duration writeTimeout) {
        this.audience = audience;
        this.writeTimeout = writeTimeout;
    }

    /** A list that was rendered before, compressed for those who take that. */
    static void document(HttpServerExchange exchange, Rendered text, String contentType) {
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
        headers.put(Headers.CONTENT_TYPE, contentType);
        if (gzip) {
            headers.put(Headers.CONTENT_ENCODING, "gzip");
        }
        Answers.send(exchange, (gzip ? text.gzip() : text.plain()).buffer());
    }

    /**
     * A list with something written into it for who asks alone. Its address has that too, so that the tag of the list is
     * the tag of this.
     */
    static void carrying(
            HttpServerExchange exchange, Rendered text, String contentType, UnaryOperator<String> writeIn) {
        exchange.getResponseHeaders().put(Headers.ETAG, text.etag());
        if (Conditions.isUnchanged(exchange, text.etag(), Optional.empty())) {
            exchange.setStatusCode(304);
            exchange.endExchange();
            return;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
        String plain = new String(text.plain().toArray(), StandardCharsets.UTF_8);
        Answers.send(exchange, ByteBuffer.wrap(writeIn.apply(plain).getBytes(StandardCharsets.UTF_8)));
    }

    /** A segment's file of {@code stream}, or the part of it that is asked for. */
    void file(HttpServerExchange exchange, String stream, SegmentFile file, String etag, String contentType)
            throws IOException {
        SegmentReader segment;
        Instant modified;
        try {
            modified = Files.getLastModifiedTime(file.path()).toInstant();
            segment = file.open();
        } catch (IOException e) {
            // Deleted since it was looked up.
            Answers.text(exchange, 410, "This was here and is gone.");
            return;
        }
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.ETAG, etag);
        headers.put(Headers.LAST_MODIFIED, HttpDate.text(modified));
        headers.put(Headers.ACCEPT_RANGES, "bytes");
        if (Conditions.isUnchanged(exchange, etag, Optional.of(modified))) {
            exchange.setStatusCode(304);
            finish(exchange, segment);
            return;
        }
        headers.put(Headers.CONTENT_TYPE, contentType);
        send(exchange, stream, segment, file, etag);
    }

    private void send(HttpServerExchange exchange, String stream, SegmentReader segment, SegmentFile file, String etag)
            throws IOException {
        HeaderMap headers = exchange.getResponseHeaders();
        long size = file.length();
        ByteRange range = range(exchange, etag, size);
        if (range.length() == 0) {
            exchange.setStatusCode(416);
            headers.put(Headers.CONTENT_RANGE, "bytes */" + size);
            exchange.setResponseContentLength(0);
            finish(exchange, segment);
            return;
        }
        if (range.length() < size) {
            exchange.setStatusCode(206);
            headers.put(Headers.CONTENT_RANGE, "bytes " + range.from() + '-' + range.last() + '/' + size);
        }
        exchange.setResponseContentLength(range.length());
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            finish(exchange, segment);
        } else {
            audience.sent(stream, range.length());
            new FileSender(exchange, segment, range, writeTimeout).start();
        }
    }

    private static void finish(HttpServerExchange exchange, SegmentReader segment) throws IOException {
        segment.close();
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
