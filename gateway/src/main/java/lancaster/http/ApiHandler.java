package lancaster.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.net.InetSocketAddress;
import lancaster.bytes.ProtocolException;
import lancaster.stream.StreamPath;

/**
 * {@code /api/v1}: statistics and control, for callers on this box. A web page of another origin can't drive it: its
 * Origin gives it away, and a name that was made to point here isn't ours (DNS rebinding).
 */
final class ApiHandler implements HttpHandler {
    static final String PREFIX = "/api/";

    private static final String STREAMS = "/api/v1/streams";
    private static final String PUBLICATION = "/publication";

    private final Site site;
    private final MulticastsHandler multicasts;

    ApiHandler(Site site) {
        this.site = site;
        this.multicasts = new MulticastsHandler(site);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        String path = exchange.getRequestPath();
        if (!isLocal(exchange)) {
            Answers.text(exchange, 403, "This is for callers on the box itself, by the name localhost.");
        } else if (path.equals(STREAMS)) {
            if (Answers.isRead(exchange)) {
                Answers.body(exchange, 200, StreamsJson.CONTENT_TYPE, StreamsJson.statistics(site));
            }
        } else if (path.equals(ReceiversJson.PATH)) {
            if (Answers.isRead(exchange)) {
                Answers.body(exchange, 200, StreamsJson.CONTENT_TYPE, ReceiversJson.all(site.receivers()));
            }
        } else if (path.equals(MulticastsHandler.PREFIX) || path.startsWith(MulticastsHandler.PREFIX + '/')) {
            multicasts.handleRequest(exchange);
        } else if (path.startsWith(STREAMS + '/') && path.endsWith(PUBLICATION)) {
            int end = path.length() - PUBLICATION.length();
            publication(exchange, path.substring(STREAMS.length(), Math.max(STREAMS.length(), end)));
        } else {
            Answers.text(exchange, 404, "There is nothing here.");
        }
    }

    private void publication(HttpServerExchange exchange, String stream) {
        if (!exchange.getRequestMethod().equals(Methods.DELETE)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, "DELETE");
            Answers.text(exchange, 405, "A publication can only be deleted.");
            return;
        }
        boolean kicked;
        try {
            kicked = site.streams().kick(StreamPath.parse(stream), "closed by the operator");
        } catch (ProtocolException e) {
            kicked = false;
        }
        if (kicked) {
            exchange.setStatusCode(204);
            exchange.endExchange();
        } else {
            Answers.text(exchange, 404, "Nobody publishes this stream.");
        }
    }

    private static boolean isLocal(HttpServerExchange exchange) {
        InetSocketAddress source = exchange.getSourceAddress();
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
        return source != null
                && source.getAddress() != null
                && source.getAddress().isLoopbackAddress()
                && host != null
                && isLoopbackName(host)
                && (origin == null || origin.equals("http://" + host));
    }

    private static boolean isLoopbackName(String host) {
        int colon = host.lastIndexOf(':');
        String name = colon > host.indexOf(']') ? host.substring(0, colon) : host;
        return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]");
    }
}
