package lancaster.http;

import java.time.Duration;
import java.util.List;
import lancaster.access.AddressRange;

/**
 * What the HTTP server allows its clients.
 *
 * @param maxConnections open at a time; further ones wait unaccepted
 * @param requestTimeout for the head of a request, from its first byte on
 * @param idleTimeout of a connection between requests
 * @param writeTimeout an answer makes no progress for this long: the connection is closed
 * @param trustedProxies who may say for whom they ask
 */
public record HttpSettings(
        int maxConnections,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration writeTimeout,
        List<AddressRange> trustedProxies) {
    public static final HttpSettings DEFAULTS =
            new HttpSettings(10_000, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(20), List.of());

    public HttpSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
