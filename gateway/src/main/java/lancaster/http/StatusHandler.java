package lancaster.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.List;

/** Whether the gateway lives, whether it is ready, and what is on air: facts for everyone. */
final class StatusHandler implements HttpHandler {
    private final Site site;
    private final Viewers viewers;

    StatusHandler(Site site, Viewers viewers) {
        this.site = site;
        this.viewers = viewers;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        if (!Answers.isRead(exchange)) {
            return;
        }
        switch (exchange.getRequestPath()) {
            case "/healthz" -> answer(exchange, "alive", site.vitals().hangs());
            case "/readyz" -> answer(exchange, "ready", site.unready().get());
            default ->
                Answers.body(
                        exchange,
                        200,
                        OnAirJson.CONTENT_TYPE,
                        OnAirJson.onAir(site, path -> viewers.mayKnow(exchange, path)));
        }
    }

    private static void answer(HttpServerExchange exchange, String well, List<String> reasons) {
        if (reasons.isEmpty()) {
            Answers.text(exchange, 200, well);
        } else {
            Answers.text(exchange, 503, String.join("\n", reasons));
        }
    }
}
