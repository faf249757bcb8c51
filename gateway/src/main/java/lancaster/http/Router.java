package lancaster.http;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import lancaster.api.Api;
import lancaster.bytes.ProtocolException;
import lancaster.stream.StreamPath;

/** Decides by the path who answers. */
final class Router {
    private static final String METRICS = "/metrics";
    private static final String ADMIN = "/admin";
    private static final String CONTROL_ROOM = ADMIN + '/';

    /** Endings that name a format of a stream, so that they are no stream's page. */
    private static final String[] FORMATS = {
        ".m3u8", ".ts", ".m4s", ".mp4", ".f4m", ".abst", ".sdp", ".m3u", ".flv", ".jpg", ".ico", ".txt"
    };

    private final Proxies proxies;
    private final HlsHandler hls;
    private final HdsHandler hds;
    private final EndlessHandler endless;
    private final PictureHandler pictures;
    private final PagesHandler pages = new PagesHandler();
    private final StatusHandler status;
    private final ApiHandler api;
    private final MetricsHandler metrics;
    private final MulticastFilesHandler multicastFiles;

    /** @param httpsOffered whether there is HTTPS, so that managing needn't be in the clear */
    Router(Site site, HttpSettings settings, boolean httpsOffered) {
        Duration writeTimeout = settings.writeTimeout();
        proxies = new Proxies(settings.trustedProxies());
        Gatekeeper keeper = new Gatekeeper(site.managing(), httpsOffered);
        Viewers viewers = new Viewers(site.viewing(), keeper);
        Downloads downloads = new Downloads(site.audience(), writeTimeout);
        hls = new HlsHandler(site.hls()::feed, site.audience(), viewers, downloads);
        hds = new HdsHandler(site, viewers, downloads);
        endless = new EndlessHandler(site, viewers, writeTimeout);
        pictures = new PictureHandler(site, viewers);
        status = new StatusHandler(site, viewers);
        api = new ApiHandler(site.api(), keeper, writeTimeout);
        metrics = new MetricsHandler(site, keeper);
        multicastFiles = new MulticastFilesHandler(site, viewers);
    }

    /** @param manages whether API and control room are at this listener */
    void handle(HttpServerExchange exchange, boolean manages) throws Exception {
        proxies.see(exchange);
        String path = exchange.getRequestPath();
        if (!manages && isManaging(path)) {
            Answers.text(exchange, 404, "There is nothing here.");
        } else if (AdobeAddress.isOne(path)) {
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
        } else if (path.equals(METRICS)) {
            metrics.handleRequest(exchange);
        } else if (path.equals(CrossDomainPolicy.PATH)) {
            CrossDomainPolicy.handle(exchange);
        } else if (path.equals("/")) {
            pages.page(exchange, "index.html");
        } else if (path.equals(CONTROL_ROOM)) {
            pages.page(exchange, "admin.html");
        } else if (path.equals(ADMIN)) {
            Answers.redirect(exchange, CONTROL_ROOM);
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

    private static boolean isManaging(String path) {
        return path.startsWith(Api.PREFIX)
                || path.equals(METRICS)
                || path.equals(ADMIN)
                || path.startsWith(CONTROL_ROOM);
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
