package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import lancaster.hls.HlsAddress;
import lancaster.hls.HlsAnswer;
import lancaster.hls.HlsFeed;
import lancaster.output.Audience;
import org.jspecify.annotations.Nullable;

/** Playlists and segments: finished bytes and files are picked, nothing is made here. */
final class HlsHandler {
    private final Function<String, @Nullable HlsFeed> feeds;
    private final Audience audience;
    private final Downloads downloads;
    private final Viewers viewers;

    HlsHandler(Function<String, @Nullable HlsFeed> feeds, Audience audience, Viewers viewers, Downloads downloads) {
        this.feeds = feeds;
        this.viewers = viewers;
        this.audience = audience;
        this.downloads = downloads;
    }

    /** @param path the address, whatever the request called it */
    void handle(HttpServerExchange exchange, String path) throws IOException {
        Answers.allowAnyOrigin(exchange);
        if (!Answers.isRead(exchange)) {
            return;
        }
        HlsAddress address = HlsAddress.parse(path.substring(1), Answers.parameter(exchange, "format"))
                .orElse(null);
        Viewers.Pass pass = address == null
                ? Viewers.Pass.OPEN
                : viewers.admit(exchange, address.stream()).orElse(null);
        if (pass == null) {
            return;
        }
        HlsFeed feed = address == null ? null : feeds.apply(address.stream());
        if (address == null || feed == null) {
            cache(exchange, pass, Duration.ofSeconds(1));
            Answers.text(exchange, 404, "There is no such stream.");
            return;
        }
        HlsAnswer answer = feed.find(address.resource());
        cache(exchange, pass, answer.maxAge());
        if (answer instanceof HlsAnswer.Playlist playlist) {
            Viewing.asked(audience, address.stream(), exchange);
            if (pass.query().isEmpty()) {
                Downloads.document(exchange, playlist.text(), HlsAnswer.Playlist.CONTENT_TYPE);
            } else {
                Downloads.carrying(
                        exchange,
                        playlist.text(),
                        HlsAnswer.Playlist.CONTENT_TYPE,
                        text -> CarriedQuery.intoPlaylist(text, pass.query()));
            }
        } else if (answer instanceof HlsAnswer.File file) {
            Viewing.asked(audience, address.stream(), exchange);
            downloads.file(exchange, address.stream(), file.file(), file.etag(), file.contentType());
        } else if (answer instanceof HlsAnswer.Gone) {
            Answers.text(exchange, 410, "This was here and is gone.");
        } else {
            Answers.text(exchange, 404, "This is not here, or not yet.");
        }
    }

    private static void cache(HttpServerExchange exchange, Viewers.Pass pass, Duration maxAge) {
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, pass.cacheControl(maxAge.toSeconds()));
    }
}
