package lancaster.http;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import lancaster.access.Role;

/**
 * {@code /metrics}: what streams and outputs count, in Prometheus' text format; open unless the configuration says so. It
 * takes milliseconds to put together, so that happens beside the loops that serve.
 */
final class MetricsHandler implements HttpHandler {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** What the last answer had; a wrong one costs a copy. */
    private int usualBytes = 16 << 10;

    private final SiteCollector collector;
    private final Gatekeeper keeper;
    private final BooleanSupplier open;

    MetricsHandler(Site site, Gatekeeper keeper) {
        this.keeper = keeper;
        this.open = site.openMetrics();
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector = new SiteCollector(site);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (exchange.isInIoThread()) {
            exchange.dispatch(this);
            return;
        }
        if (!open.getAsBoolean() && !keeper.letsIn(exchange, Role.VIEW)) {
            return;
        }
        if (Answers.isRead(exchange)) {
            Answers.body(exchange, 200, CONTENT_TYPE, text());
        }
    }

    /** As bytes at once and in an array that fits: what is thrown away here, collections stop all loops for. */
    private byte[] text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream(usualBytes + usualBytes / 8);
        try {
            collector.collect().writeTo(text);
            registry.scrape(text, CONTENT_TYPE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        usualBytes = text.size();
        return text.toByteArray();
    }
}
