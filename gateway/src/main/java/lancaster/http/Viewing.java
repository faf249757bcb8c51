package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;
import lancaster.output.Audience;

/** Tells the audience who asks. */
final class Viewing {
    private Viewing() {}

    static void asked(Audience audience, String stream, HttpServerExchange exchange) {
        InetSocketAddress source = exchange.getSourceAddress();
        String agent = exchange.getRequestHeaders().getFirst(Headers.USER_AGENT);
        audience.asked(stream, source == null ? "" : source.getHostString(), agent == null ? "" : agent);
    }
}
