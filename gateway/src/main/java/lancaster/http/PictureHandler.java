package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Optional;
import lancaster.bytes.ProtocolException;
import lancaster.picture.PictureAnswer;
import lancaster.picture.Pictures;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;

/** {@code NAME.jpg}: a recent picture of the stream. The exchange waits for it without a thread. */
final class PictureHandler {
    static final String SUFFIX = ".jpg";

    private final Site site;
    private final Viewers viewers;

    PictureHandler(Site site, Viewers viewers) {
        this.viewers = viewers;
        this.site = site;
    }

    void handle(HttpServerExchange exchange, String path) {
        Answers.allowAnyOrigin(exchange);
        if (!Answers.isRead(exchange)) {
            return;
        }
        String name = path.substring(1, path.length() - SUFFIX.length());
        Optional<Viewers.Pass> pass = viewers.admit(exchange, name);
        if (pass.isEmpty()) {
            return;
        }
        Optional<LiveStream> stream = find(name);
        if (stream.isEmpty()) {
            Answers.text(exchange, 404, "There is no such stream.");
            return;
        }
        exchange.dispatch(exchange.getIoThread(), () -> {
            var unused = site.pictures().find(stream.get()).thenAccept(answer -> exchange.getIoThread()
                    .execute(() -> send(exchange, answer, pass.get())));
        });
    }

    private static void send(HttpServerExchange exchange, PictureAnswer answer, Viewers.Pass pass) {
        if (answer instanceof PictureAnswer.Jpeg picture) {
            exchange.getResponseHeaders()
                    .put(Headers.CACHE_CONTROL, pass.cacheControl(Pictures.AGE.toSeconds()))
                    .put(Headers.ETAG, picture.etag());
            if (Conditions.isUnchanged(exchange, picture.etag(), Optional.empty())) {
                exchange.setStatusCode(304);
                exchange.endExchange();
            } else {
                Answers.body(exchange, 200, "image/jpeg", picture.jpeg().toArray());
            }
        } else if (answer instanceof PictureAnswer.None none) {
            Answers.text(exchange, 404, "There is no picture of this stream: " + none.reason() + ".");
        } else {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, Pictures.AGE.toSeconds());
            Answers.text(exchange, 503, "Too many pictures are being made, try again in a moment.");
        }
    }

    private Optional<LiveStream> find(String path) {
        try {
            return site.streams().find(StreamPath.parse(path));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }
}
