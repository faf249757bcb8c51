package lancaster.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lancaster.access.AccessSettings;
import lancaster.access.viewing.ViewingSettings;
import lancaster.bytes.ProtocolException;
import lancaster.config.GatewayConfig.Http;
import lancaster.config.GatewayConfig.Rtmp;
import lancaster.config.GatewayConfig.StreamRule;
import lancaster.config.LogConfig.Format;
import lancaster.config.LogConfig.Level;
import lancaster.http.HttpSettings;
import lancaster.multicast.AddressClaims;
import lancaster.rtmp.play.PlaySettings;
import lancaster.rtmp.session.RtmpSettings;

/** Reads the sections of the document into the records; each default is the record's own. */
final class GatewayReader {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** What lags less isn't slow. */
    private static final Duration LEAST_BUFFER = Duration.ofMillis(200);

    private static final Duration HOUR = Duration.ofHours(1);

    private GatewayReader() {}

    static GatewayConfig read(Section root, Problems problems) {
        GatewayConfig defaults = GatewayConfig.DEFAULTS;
        MulticastConfig multicast = MulticastReader.defaults(root.section("multicast"));
        Section access = root.section("access");
        SecurityConfig security = SecurityReader.read(root, access, problems);
        Rtmp rtmp = rtmp(root.section("rtmp"), defaults.rtmp());
        GatewayConfig config = new GatewayConfig(
                rtmp,
                RtmfpReader.read(root, rtmp.listen(), problems),
                http(root.section("http"), defaults.http()),
                access(access, defaults.access()),
                security,
                storage(root.section("storage"), defaults.storage()),
                log(root.section("log"), defaults.log()),
                multicast,
                streams(root, defaults.streams(), multicast, security.viewing(), problems),
                problems.warnings());
        root.finish();
        checkListeners(root, config);
        return config;
    }

    private static void checkListeners(Section root, GatewayConfig config) {
        Map<String, InetSocketAddress> listeners = new LinkedHashMap<>();
        listeners.put("rtmp", config.rtmp().listen());
        listeners.put("http", config.http().listen());
        SecurityConfig security = config.security();
        security.https().ifPresent(listen -> listeners.put("https", listen));
        security.rtmps().ifPresent(listen -> listeners.put("rtmps", listen));
        security.admin().ifPresent(admin -> listeners.put("admin", admin.listen()));
        List<String> names = List.copyOf(listeners.keySet());
        for (String name : names) {
            InetSocketAddress listen = Objects.requireNonNull(listeners.remove(name));
            for (Map.Entry<String, InetSocketAddress> other : listeners.entrySet()) {
                if (sameListener(listen, other.getValue())) {
                    root.section(other.getKey()).wrong("listen", "is also what " + name + ".listen says");
                }
            }
        }
    }

    private static Rtmp rtmp(Section section, Rtmp defaults) {
        RtmpSettings settings = defaults.settings();
        Rtmp rtmp = new Rtmp(
                section.address("listen", defaults.listen()),
                new RtmpSettings(
                        section.duration("connect-timeout", settings.connectTimeout(), SECOND, HOUR),
                        section.duration("publish-timeout", settings.publishTimeout(), SECOND, HOUR),
                        section.duration("idle-timeout", settings.idleTimeout(), SECOND, HOUR),
                        section.count("max-connections", settings.connections(), 1, 1_000_000),
                        settings.mediaLimits()),
                play(section, defaults.play()));
        section.finish();
        return rtmp;
    }

    private static PlaySettings play(Section section, PlaySettings defaults) {
        Duration batch = section.duration("play-batch", defaults.batch(), Duration.ZERO, SECOND);
        return new PlaySettings(
                batch,
                section.duration("play-buffer", defaults.buffer(), batch.plus(LEAST_BUFFER), MINUTE),
                section.duration("play-wait", defaults.patience(), Duration.ZERO, HOUR),
                section.duration("play-stall", defaults.stall(), SECOND, HOUR));
    }

    private static Http http(Section section, Http defaults) {
        HttpSettings settings = defaults.settings();
        Http http = new Http(
                section.address("listen", defaults.listen()),
                new HttpSettings(
                        section.count("max-connections", settings.maxConnections(), 1, 1_000_000),
                        section.duration("request-timeout", settings.requestTimeout(), SECOND, HOUR),
                        section.duration("idle-timeout", settings.idleTimeout(), SECOND, HOUR),
                        section.duration("write-timeout", settings.writeTimeout(), SECOND, HOUR),
                        AddressesReader.read(section, "trusted-proxies")));
        section.finish();
        return http;
    }

    private static AccessSettings access(Section section, AccessSettings defaults) {
        AccessSettings access = new AccessSettings(
                section.count("free-attempts", defaults.freeAttempts(), 1, 1000),
                section.duration("longest-wait", defaults.longestWait(), SECOND, HOUR));
        section.finish();
        return access;
    }

    private static StorageConfig storage(Section section, StorageConfig defaults) {
        StorageConfig storage =
                new StorageConfig(section.size("segment-limit", defaults.segmentLimitBytes(), 16L << 20));
        section.finish();
        return storage;
    }

    private static LogConfig log(Section section, LogConfig defaults) {
        LogConfig log = new LogConfig(
                section.choice(
                        "level",
                        defaults.level(),
                        Map.of("error", Level.ERROR, "warn", Level.WARN, "info", Level.INFO, "debug", Level.DEBUG)),
                section.choice("format", defaults.format(), Map.of("text", Format.TEXT, "json", Format.JSON)));
        section.finish();
        return log;
    }

    private static List<StreamRule> streams(
            Section root,
            List<StreamRule> defaults,
            MulticastConfig multicast,
            ViewingSettings viewing,
            Problems problems) {
        Section section = root.section("streams");
        if (!root.has("streams")) {
            return defaults.stream()
                    .map(rule -> new StreamRule(
                            rule.pattern(),
                            rule.config().withMulticast(multicast.settings()).withViewing(viewing)))
                    .toList();
        }
        MulticastReader reader = new MulticastReader(multicast.plan(), new AddressClaims());
        List<StreamRule> rules = new ArrayList<>();
        for (String name : section.names()) {
            try {
                StreamPattern pattern = StreamPattern.parse(name);
                if (rules.stream().anyMatch(rule -> rule.pattern().equals(pattern))) {
                    section.wrong(name, "is there twice");
                }
                Section entry = section.section(name);
                rules.add(new StreamRule(
                        pattern,
                        StreamReader.read(entry, problems, pattern.toString(), reader, multicast.settings(), viewing)));
            } catch (ProtocolException e) {
                section.wrong(name, "is no path of a stream: " + e.getMessage());
                section.section(name);
            }
        }
        if (rules.isEmpty()) {
            root.wrong("streams", "lists no stream, so none could be published; without this key every stream can");
        }
        return rules;
    }

    private static boolean sameListener(InetSocketAddress a, InetSocketAddress b) {
        boolean overlap = a.getAddress().equals(b.getAddress())
                || a.getAddress().isAnyLocalAddress()
                || b.getAddress().isAnyLocalAddress();
        return a.getPort() != 0 && a.getPort() == b.getPort() && overlap;
    }
}
