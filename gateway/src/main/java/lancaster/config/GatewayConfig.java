package lancaster.config;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import lancaster.access.AccessSettings;
import lancaster.http.HttpSettings;
import lancaster.multicast.AddressClaims;
import lancaster.output.MulticastClaims;
import lancaster.rtmp.play.PlaySettings;
import lancaster.rtmp.session.RtmpSettings;
import lancaster.stream.StreamPath;

/**
 * The whole configuration.
 *
 * @param rtmfp how RTMFP is served, if it is
 * @param streams the most specific pattern first
 * @param warnings what works and yet should be known
 */
public record GatewayConfig(
        Rtmp rtmp,
        Optional<RtmfpConfig> rtmfp,
        Http http,
        AccessSettings access,
        SecurityConfig security,
        StorageConfig storage,
        LogConfig log,
        MulticastConfig multicast,
        List<StreamRule> streams,
        List<ConfigError> warnings) {
    public static final GatewayConfig DEFAULTS = new GatewayConfig(
            new Rtmp(new InetSocketAddress("0.0.0.0", 1935), RtmpSettings.DEFAULTS, PlaySettings.DEFAULTS),
            Optional.of(RtmfpConfig.at(new InetSocketAddress("0.0.0.0", 1935))),
            new Http(new InetSocketAddress("0.0.0.0", 8080), HttpSettings.DEFAULTS),
            AccessSettings.DEFAULTS,
            SecurityConfig.DEFAULTS,
            StorageConfig.DEFAULTS,
            LogConfig.DEFAULTS,
            MulticastConfig.DEFAULTS,
            List.of(
                    new StreamRule(StreamPattern.parse("*/*"), StreamConfig.DEFAULTS),
                    new StreamRule(StreamPattern.parse("*/*/*"), StreamConfig.DEFAULTS)),
            List.of());

    public record Rtmp(InetSocketAddress listen, RtmpSettings settings, PlaySettings play) {}

    public record Http(InetSocketAddress listen, HttpSettings settings) {}

    public record StreamRule(StreamPattern pattern, StreamConfig config) {}

    public GatewayConfig {
        streams = streams.stream()
                .sorted((a, b) -> a.pattern().compareTo(b.pattern()))
                .toList();
        warnings = List.copyOf(warnings);
    }

    /** What is configured for {@code path}; empty if it may not be published here. */
    public Optional<StreamConfig> stream(StreamPath path) {
        for (StreamRule rule : streams) {
            if (rule.pattern().matches(path)) {
                StreamConfig wanted = rule.config();
                return Optional.of(
                        wanted.republish().isEmpty()
                                ? wanted
                                : wanted.withNames(rule.pattern().names(path)));
            }
        }
        return Optional.empty();
    }

    /** What the streams send to that are configured by name and with an address. */
    public AddressClaims multicastClaims() {
        AddressClaims claims = new AddressClaims();
        for (StreamRule rule : streams) {
            rule.config()
                    .multicast()
                    .filter(settings -> rule.pattern().isExact())
                    .ifPresent(settings -> claims.put(rule.pattern().toString(), MulticastClaims.of(settings)));
        }
        return claims;
    }
}
