package lancaster.config;

import java.net.InetSocketAddress;

/**
 * Where the box is managed, apart from where it is watched.
 *
 * @param tls whether it is HTTPS, with the certificate of {@code tls}
 */
public record AdminConfig(InetSocketAddress listen, boolean tls) {}
