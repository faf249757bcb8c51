package lancaster.rtmfp.tc;

import java.time.Duration;

/**
 * How RTMP goes over flows.
 *
 * @param videoLifetime for how long a picture that others don't need is worth sending
 * @param audioLifetime for how long sound is
 * @param serverKeepalive after which silence a client asks whether its server is still there (RFC 7425 §5.3.4)
 * @param peerKeepalive and whether a peer is
 */
public record TcSettings(
        Duration videoLifetime, Duration audioLifetime, Duration serverKeepalive, Duration peerKeepalive) {
    public static final TcSettings DEFAULTS = new TcSettings(
            Duration.ofMillis(2_000), Duration.ofMillis(2_200), Duration.ofSeconds(15), Duration.ofSeconds(10));
}
