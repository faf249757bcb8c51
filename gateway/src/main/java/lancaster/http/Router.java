package lancaster.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import lancaster.api.Api;
import lancaster.bytes.ProtocolException;
import lancaster.stream.StreamPath;

/** Decides by the path who answers. */
final class Router implements HttpHandler {
    /** Endings that name a format of a stream, so that they are no stream's page. */
    private static final String[] FORMATS = {
        ".m3u8", ".ts", ".m4s", ".mp4", ".f4m", ".abst", ".sdp", ".m3u", ".flv", ".jpg", ".ico", ".txt"
    };

    private final HlsHandler hls;
    private final HdsHandler hds;
    private final EndlessHandler endless;
    private final PictureHandler pictures;
    private final PagesHandler pages = new PagesHandler();
    private final StatusHandler status;
    private final ApiHandler api;
    private final MetricsHandler metrics;
    private final MulticastFilesHandler multicastFiles;

    Router(Site site, Duration writeTimeout) {
        Downloads downloads = new Downloads(site.audience(), writeTimeout);
        hls = new HlsHandler(site.hls()::feed, site.audience(), downloads);
        hds = new HdsHandler(site, downloads);
        endless = new EndlessHandler(site, writeTimeout);
        pictures = new PictureHandler(site);
        status = new StatusHandler(site);
        api = new ApiHandler(site.api(), writeTimeout);
        metrics = new MetricsHandler(site);
        multicastFiles = new MulticastFilesHandler(site);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String path = exchange.getRequestPath();
        if (AdobeAddress.isOne(path)) {
            adobe(exchange, path);
        } else if (endless.answersFor(path)) {
            endless.handle(exchange, path);
        } else if (isHls(path)) {
            hls.handle(exchange, path);
        } else if (HdsHandler.answersFor(path)) {
            hds.handle(exchange, path, Answers.parameter(exchange, "level"));
        } else if (path.endsWith(MulticastFilesHandler.SDP) || path.endsWith(MulticastFilesHandler.M3U)) {
            multicastFiles.handleRequest(exchange);
        } else if (path.endsWith(PictureHandler.SUFFIX)) {
            pictures.handle(exchange, path);
        } else if (path.startsWith(Api.PREFIX)) {
            api.handleRequest(exchange);
        } else if (path.equals("/healthz") || path.equals("/readyz") || path.equals("/streams.json")) {
            status.handleRequest(exchange);
        } else if (path.equals("/metrics")) {
            metrics.handleRequest(exchange);
        } else if (path.equals(CrossDomainPolicy.PATH)) {
            CrossDomainPolicy.handle(exchange);
        } else if (path.equals("/")) {
            pages.page(exchange, "index.html");
        } else if (path.startsWith(PagesHandler.PREFIX)) {
            pages.asset(exchange, path.substring(PagesHandler.PREFIX.length()));
        } else if (isStream(path)) {
            pages.page(exchange, "watch.html");
        } else {
            Answers.text(exchange, 404, "There is nothing here.");
        }
    }

    private void adobe(HttpServerExchange exchange, String path) throws IOException {
        Optional<AdobeAddress> address = AdobeAddress.parse(path);
        if (address.isPresent() && address.get().hds()) {
            hds.handle(exchange, address.get().path(), address.get().event() ? Optional.of("set") : Optional.empty());
        } else if (address.isPresent()) {
            hls.handle(exchange, address.get().path());
        } else {
            Answers.text(exchange, 404, "There is nothing here.");
        }
    }

    private static boolean isHls(String path) {
        return path.endsWith(".m3u8") || path.endsWith(".ts") || path.endsWith(".m4s") || path.endsWith(".mp4");
    }

    private static boolean isStream(String path) {
        for (String format : FORMATS) {
            if (path.endsWith(format)) {
                return false;
            }
        }
        try {
            StreamPath.parse(path);
            return true;
        } catch (ProtocolException e) {
            return false;
        }
    }
}
