package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;

/**
 * {@code /crossdomain.xml}: players in Flash ask it whether they may load from here, and are refused where it is missing.
 * It lets them read what anyone may read; it lets nobody send headers of his own, without which nothing can be changed.
 */
final class CrossDomainPolicy {
    static final String PATH = "/crossdomain.xml";

    private static final String TYPE = "text/x-cross-domain-policy";
    private static final byte[] POLICY =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE cross-domain-policy SYSTEM "http://www.adobe.com/xml/dtds/cross-domain-policy.dtd">
            <cross-domain-policy>
              <site-control permitted-cross-domain-policies="master-only"/>
              <allow-access-from domain="*"/>
            </cross-domain-policy>
            """
                    .getBytes(StandardCharsets.UTF_8);

    private CrossDomainPolicy() {}

    static void handle(HttpServerExchange exchange) {
        if (Answers.isRead(exchange)) {
            exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "max-age=3600");
            Answers.body(exchange, 200, TYPE, POLICY);
        }
    }
}
