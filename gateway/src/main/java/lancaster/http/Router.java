package lancaster.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import lancaster.api.Api;
import lancaster.bytes.ProtocolException;
import lancaster.stream.StreamPath;

/** Decides by the path who answers. */
final class Router implements HttpHandler {
    /** Endings that name a format of a stream, so that they are no stream's page. */
    private static final String[] FORMATS = {
        ".m3u8", ".ts", ".m4s", ".mp4", ".f4m", ".sdp", ".m3u", ".flv", ".jpg", ".ico", ".txt"
    };

    private final HlsHandler hls;
    private final PagesHandler pages = new PagesHandler();
    private final StatusHandler status;
    private final ApiHandler api;
    private final MetricsHandler metrics;
    private final MulticastFilesHandler multicastFiles;

    Router(Site site, Duration writeTimeout) {
        hls = new HlsHandler(site.hls()::feed, site.audience(), writeTimeout);
        status = new StatusHandler(site);
        api = new ApiHandler(site.api(), writeTimeout);
        metrics = new MetricsHandler(site);
        multicastFiles = new MulticastFilesHandler(site);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String path = exchange.getRequestPath();
        if (path.endsWith(".m3u8") || path.endsWith(".ts") || path.endsWith(".m4s") || path.endsWith(".mp4")) {
            hls.handleRequest(exchange);
        } else if (path.endsWith(MulticastFilesHandler.SDP) || path.endsWith(MulticastFilesHandler.M3U)) {
            multicastFiles.handleRequest(exchange);
        } else if (path.startsWith(Api.PREFIX)) {
            api.handleRequest(exchange);
        } else if (path.equals("/healthz") || path.equals("/readyz") || path.equals("/streams.json")) {
            status.handleRequest(exchange);
        } else if (path.equals("/metrics")) {
            metrics.handleRequest(exchange);
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
