package lancaster.rtmp.session;

import java.time.Duration;
import lancaster.rtmp.chunk.ChunkLimits;

/**
 * What an RTMP server grants its clients.
 *
 * @param connectTimeout from the TCP connection to the command {@code connect}
 * @param publishTimeout how long a connected client may do without publishing or playing
 * @param idleTimeout how long a publisher may be silent
 * @param connections open connections; more are closed at once
 * @param mediaLimits of a client that publishes; before that it is held to {@link ChunkLimits#COMMANDS}
 */
public record RtmpSettings(
        Duration connectTimeout,
        Duration publishTimeout,
        Duration idleTimeout,
        int connections,
        ChunkLimits mediaLimits) {
    public static final RtmpSettings DEFAULTS = new RtmpSettings(
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30), 10_000, ChunkLimits.MEDIA);

    public RtmpSettings {
        if (connectTimeout.isNegative() || publishTimeout.isNegative() || idleTimeout.isNegative()) {
            throw new IllegalArgumentException("time-outs must not be negative");
        }
        if (connections <= 0) {
            throw new IllegalArgumentException("no connections allowed: " + connections);
        }
    }
}
