package lancaster.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.List;

/** Whether the gateway lives, whether it is ready, and what is on air: facts for everyone. */
final class StatusHandler implements HttpHandler {
    private final Site site;

    StatusHandler(Site site) {
        this.site = site;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        if (!Answers.isRead(exchange)) {
            return;
        }
        switch (exchange.getRequestPath()) {
            case "/healthz" -> Answers.text(exchange, 200, "alive");
            case "/readyz" -> ready(exchange);
            default -> Answers.body(exchange, 200, StreamsJson.CONTENT_TYPE, StreamsJson.onAir(site));
        }
    }

    private void ready(HttpServerExchange exchange) {
        List<String> reasons = site.unready().get();
        if (reasons.isEmpty()) {
            Answers.text(exchange, 200, "ready");
        } else {
            Answers.text(exchange, 503, String.join("\n", reasons));
        }
    }
}
