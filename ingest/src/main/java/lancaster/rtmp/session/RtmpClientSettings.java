package lancaster.rtmp.session;

import java.time.Duration;

/**
 * How a client publishes.
 *
 * @param startTimeout from the TCP connection to the server's consent
 * @param queueBytes media that waits for a slow network; more is cut back to the next random access point
 */
public record RtmpClientSettings(Duration startTimeout, int queueBytes) {
    public static final RtmpClientSettings DEFAULTS = new RtmpClientSettings(Duration.ofSeconds(10), 4 << 20);
}
