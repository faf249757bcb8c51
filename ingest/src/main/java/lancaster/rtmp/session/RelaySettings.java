package lancaster.rtmp.session;

import java.time.Duration;

/**
 * How a connection sends a stream on.
 *
 * @param startTimeout from the TCP connection to the server's consent
 * @param buffer how long media may wait for the server; then it is cut back to the next random access point
 * @param stallTimeout a server that takes nothing for so long is given up
 */
public record RelaySettings(Duration startTimeout, Duration buffer, Duration stallTimeout) {
    public static final RelaySettings DEFAULTS =
            new RelaySettings(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(10));

    public RelaySettings withBuffer(Duration newBuffer) {
        return new RelaySettings(startTimeout, newBuffer, stallTimeout);
    }
}
