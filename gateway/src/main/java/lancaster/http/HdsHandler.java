package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import lancaster.bytes.ProtocolException;
import lancaster.hds.HdsAddress;
import lancaster.hds.HdsAnswer;
import lancaster.hds.HdsFeed;
import lancaster.stream.StreamPath;
import org.jspecify.annotations.Nullable;

/** Manifests, bootstraps and fragments of HDS: finished bytes and files are picked, nothing is made here. */
final class HdsHandler {
    private final Site site;
    private final InstantSource clock;
    private final Downloads downloads;
    private final Viewers viewers;

    HdsHandler(Site site, Viewers viewers, Downloads downloads) {
        this.viewers = viewers;
        this.site = site;
        this.clock = site.clock();
        this.downloads = downloads;
    }

    /** Whether HDS answers for this address. */
    static boolean answersFor(String path) {
        return path.endsWith(HdsAddress.MANIFEST_SUFFIX)
                || (path.contains("/hds/")
                        && HdsAddress.parse(path.substring(1), Optional.empty()).isPresent());
    }

    /**
     * @param path the address, whatever the request called it
     * @param level of the manifest that is asked for, if it is said
     */
    void handle(HttpServerExchange exchange, String path, Optional<String> level) throws IOException {
        Answers.allowAnyOrigin(exchange);
        if (!Answers.isRead(exchange)) {
            return;
        }
        HdsAddress address = HdsAddress.parse(path.substring(1), level).orElse(null);
        Viewers.Pass pass = address == null
                ? Viewers.Pass.OPEN
                : viewers.admit(exchange, address.stream()).orElse(null);
        if (pass == null) {
            return;
        }
        HdsFeed feed = address == null ? null : site.hds().feed(address.stream());
        if (address == null || feed == null) {
            Answers.text(exchange, 404, missing(address));
            return;
        }
        HdsAnswer answer = feed.find(address.resource());
        if (answer instanceof HdsAnswer.Document document) {
            Viewing.asked(site.audience(), address.stream(), exchange);
            cache(exchange, pass, document.maxAge());
            // The other documents are boxes.
            if (pass.query().isEmpty() || !path.endsWith(HdsAddress.MANIFEST_SUFFIX)) {
                Downloads.document(exchange, document.body(), document.contentType());
            } else {
                Downloads.carrying(
                        exchange,
                        document.body(),
                        document.contentType(),
                        text -> CarriedQuery.intoManifest(text, pass.query()));
            }
        } else if (answer instanceof HdsAnswer.File file) {
            Viewing.asked(site.audience(), address.stream(), exchange);
            cache(exchange, pass, file.maxAge());
            downloads.file(exchange, address.stream(), file.file(), file.etag(), HdsAnswer.FRAGMENT_TYPE);
        } else if (answer instanceof HdsAnswer.Missing missing) {
            if (!missing.maxAge().isZero()) {
                cache(exchange, pass, missing.maxAge());
            }
            Answers.text(exchange, 404, missing.reason());
        }
    }

    /** Proxies that know no max-age read Expires (HDS §10.2). */
    private void cache(HttpServerExchange exchange, Viewers.Pass pass, Duration maxAge) {
        exchange.getResponseHeaders()
                .put(Headers.CACHE_CONTROL, pass.cacheControl(maxAge.toSeconds()))
                .put(Headers.EXPIRES, HttpDate.text(clock.instant().plus(maxAge)));
    }

    private String missing(@Nullable HdsAddress address) {
        try {
            boolean known = address != null
                    && site.streams().find(StreamPath.parse(address.stream())).isPresent();
            return known ? "This stream doesn't go out as HDS." : "There is no such stream.";
        } catch (ProtocolException e) {
            return "There is no such stream.";
        }
    }
}
