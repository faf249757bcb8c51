package lancaster.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import lancaster.access.SessionSettings;
import lancaster.tls.TlsFiles;

/** Reads {@code tls}, {@code https}, {@code rtmps}, {@code admin}, {@code trust}, {@code viewing}, and who is logged in for how long. */
final class SecurityReader {
    static final InetSocketAddress HTTPS = new InetSocketAddress("0.0.0.0", 8443);
    static final InetSocketAddress RTMPS = new InetSocketAddress("0.0.0.0", 1936);
    static final InetSocketAddress ADMIN = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8081);

    private static final String NONE = "none";
    private static final String TRUST = "trust";
    private static final String FILE = "file:";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private SecurityReader() {}

    /** @param access the section of that name, which isn't finished here */
    static SecurityConfig read(Section root, Section access, Problems problems) {
        SecurityConfig defaults = SecurityConfig.DEFAULTS;
        Optional<TlsFiles> tls = tls(root, problems);
        Optional<InetSocketAddress> https = listener(root, "https", HTTPS);
        Optional<InetSocketAddress> rtmps = listener(root, "rtmps", RTMPS);
        Optional<AdminConfig> admin = admin(root);
        needTls(root, "https", tls, https.isPresent());
        needTls(root, "rtmps", tls, rtmps.isPresent());
        needTls(root, "admin", tls, admin.map(AdminConfig::tls).orElse(false));
        boolean used = https.isPresent()
                || rtmps.isPresent()
                || admin.map(AdminConfig::tls).orElse(false);
        if (tls.isPresent() && !used) {
            root.doubtful("tls", "is used by nothing: https, rtmps or admin with tls would");
        }
        return new SecurityConfig(
                tls,
                https,
                rtmps,
                admin,
                sessions(access, defaults.sessions()),
                access.choice("metrics", defaults.openMetrics(), Map.of("open", true, "login", false)),
                trust(root, problems),
                ViewingReader.read(root, defaults.viewing(), problems));
    }

    private static void needTls(Section root, String key, Optional<TlsFiles> tls, boolean wanted) {
        if (wanted && tls.isEmpty()) {
            root.wrong(key, "needs tls: { certificate: FILE, key: file:FILE }");
        }
    }

    private static Optional<TlsFiles> tls(Section root, Problems problems) {
        if (!root.has("tls") || root.isWord("tls", NONE)) {
            var unused = root.absent("tls");
            return Optional.empty();
        }
        Section section = root.section("tls");
        Optional<Path> certificate = file(section, "certificate", problems);
        Optional<Path> key = file(section, "key", problems);
        section.finish();
        return certificate.flatMap(first -> key.map(second -> new TlsFiles(first, second)));
    }

    private static Optional<Path> file(Section section, String key, Problems problems) {
        if (!section.has(key)) {
            var unused = section.absent(key);
            section.wrong(key, "is missing; it names a PEM file");
            return Optional.empty();
        }
        return pem(section, key, problems);
    }

    private static Optional<Path> trust(Section root, Problems problems) {
        if (root.isWord(TRUST, NONE)) {
            var unused = root.absent(TRUST);
            return Optional.empty();
        }
        return pem(root, TRUST, problems);
    }

    private static Optional<Path> pem(Section section, String key, Problems problems) {
        return section.value(
                key,
                Optional.empty(),
                "a PEM file such as file:/etc/lancaster/tls.pem",
                text -> text.isBlank() || text.startsWith("env:") || text.startsWith("-----")
                        ? Optional.empty()
                        : Optional.of(Optional.of(
                                problems.resolve(text.startsWith(FILE) ? text.substring(FILE.length()) : text))),
                value -> "");
    }

    private static Optional<InetSocketAddress> listener(Section root, String key, InetSocketAddress fallback) {
        if (!root.has(key) || root.isWord(key, NONE)) {
            var unused = root.absent(key);
            return Optional.empty();
        }
        Section section = root.section(key);
        InetSocketAddress listen = section.address("listen", fallback);
        section.finish();
        return Optional.of(listen);
    }

    private static Optional<AdminConfig> admin(Section root) {
        if (!root.has("admin") || root.isWord("admin", NONE)) {
            var unused = root.absent("admin");
            return Optional.empty();
        }
        Section section = root.section("admin");
        AdminConfig admin = new AdminConfig(
                section.address("listen", ADMIN),
                section.value("tls", false, Values.YES_OR_NO, Values::yesOrNo, value -> ""));
        section.finish();
        return Optional.of(admin);
    }

    private static SessionSettings sessions(Section access, SessionSettings defaults) {
        Duration idle = access.duration("session-idle", defaults.idle(), MINUTE, Duration.ofDays(7));
        Duration lifetime = access.duration("session-lifetime", defaults.lifetime(), MINUTE, Duration.ofDays(30));
        if (idle.compareTo(lifetime) > 0) {
            access.wrong("session-idle", "is longer than session-lifetime");
        }
        return new SessionSettings(idle, lifetime);
    }
}
