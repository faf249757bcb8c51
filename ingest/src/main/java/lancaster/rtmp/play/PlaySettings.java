package lancaster.rtmp.play;

import java.time.Duration;

/**
 * How streams are played to clients.
 *
 * @param batch how long messages are gathered before they are sent together
 * @param buffer how old may be what a player gets that does not keep up; then it is cut back to a random access point
 * @param patience how long a player waits for a stream that nobody publishes
 * @param stall a player that takes nothing for so long is given up
 */
public record PlaySettings(Duration batch, Duration buffer, Duration patience, Duration stall) {
    public static final PlaySettings DEFAULTS = new PlaySettings(
            Duration.ofMillis(30), Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(30));

    public PlaySettings {
        if (batch.isNegative() || patience.isNegative() || stall.isNegative() || buffer.compareTo(batch) <= 0) {
            throw new IllegalArgumentException("durations out of bounds: " + batch + ", " + buffer + ", " + patience);
        }
    }
}
