package lancaster.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import lancaster.access.SessionSettings;
import lancaster.access.viewing.ViewingSettings;
import lancaster.tls.TlsFiles;

/**
 * Who may manage and who may watch, and what is encrypted.
 *
 * @param https where HTTPS listens; empty: nowhere
 * @param rtmps where RTMPS listens; empty: nowhere
 * @param admin where the box is managed; empty: where it is watched
 * @param openMetrics whether metrics can be read without a login
 * @param trust authorities that count besides those that Java knows, where other servers are asked; empty: none
 * @param viewing who may watch streams that say nothing of it
 */
public record SecurityConfig(
        Optional<TlsFiles> tls,
        Optional<InetSocketAddress> https,
        Optional<InetSocketAddress> rtmps,
        Optional<AdminConfig> admin,
        SessionSettings sessions,
        boolean openMetrics,
        Optional<Path> trust,
        ViewingSettings viewing) {
    public static final SecurityConfig DEFAULTS = new SecurityConfig(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            SessionSettings.DEFAULTS,
            true,
            Optional.empty(),
            ViewingSettings.OPEN);
}
