package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.ProtocolException;
import lancaster.endless.EndlessFormat;
import lancaster.hls.HlsAddress;
import lancaster.output.Audience;
import lancaster.output.EndlessOutputs;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;

/** {@code NAME.flv} and {@code NAME.ts}: the live stream from its last random access point on, as long as it lasts. */
final class EndlessHandler {
    private static final List<EndlessFormat> FORMATS = List.of(EndlessFormat.values());

    private final StreamRegistry streams;
    private final EndlessOutputs outputs;
    private final Audience audience;
    private final Viewers viewers;
    private final Duration writeTimeout;

    EndlessHandler(Site site, Viewers viewers, Duration writeTimeout) {
        this.viewers = viewers;
        this.streams = site.streams();
        this.outputs = site.endless();
        this.audience = site.audience();
        this.writeTimeout = writeTimeout;
    }

    /** Whether the address is that of an endless file: of a stream that is there, where it ends as segments of HLS do. */
    boolean answersFor(String path) {
        Optional<EndlessFormat> format = format(path);
        if (format.isEmpty()) {
            return false;
        }
        boolean hls = HlsAddress.parse(path.substring(1), Optional.empty()).isPresent();
        return format.get() == EndlessFormat.FLV
                || (!hls && find(withoutExtension(path, format.get())).isPresent());
    }

    private static String withoutExtension(String path, EndlessFormat format) {
        return path.substring(0, path.length() - format.suffix().length());
    }

    /** The format that an address ends with. */
    private static Optional<EndlessFormat> format(String path) {
        for (EndlessFormat format : FORMATS) {
            if (path.endsWith(format.suffix())) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    void handle(HttpServerExchange exchange, String path) {
        EndlessFormat format = format(path).orElseThrow();
        Answers.allowAnyOrigin(exchange);
        if (!Answers.isRead(exchange)) {
            return;
        }
        if (viewers.admit(exchange, withoutExtension(path, format).substring(1)).isEmpty()) {
            return;
        }
        Optional<LiveStream> stream = find(withoutExtension(path, format));
        if (stream.isEmpty()) {
            Answers.text(exchange, 404, "There is no such stream.");
            return;
        }
        Answers.noSniff(exchange);
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, format.contentType())
                .put(Headers.CACHE_CONTROL, "no-store");
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.endExchange();
            return;
        }
        EndlessResponse response = new EndlessResponse(exchange, outputs, audience, stream.get(), format, writeTimeout);
        exchange.dispatch(exchange.getIoThread(), response::start);
    }

    private Optional<LiveStream> find(String path) {
        try {
            return streams.find(StreamPath.parse(path));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }
}
