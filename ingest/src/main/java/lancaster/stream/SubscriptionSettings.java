package lancaster.stream;

import java.time.Duration;

/**
 * How a subscriber wants the stream.
 *
 * @param name for people and statistics: {@code "hls"}
 * @param limitBytes most bytes that may be queued, each event counted with its payload and 100 bytes
 * @param limitTime most stream time that may be queued
 * @param patience how long what arrives may lie in a socket, so that less is woken up for
 */
public record SubscriptionSettings(
        String name, Start start, OverflowPolicy overflow, int limitBytes, Duration limitTime, Duration patience) {
    /** A fraction of a frame. */
    public static final Duration USUAL_PATIENCE = Duration.ofMillis(4);

    /** Of usual patience. */
    public SubscriptionSettings(String name, Start start, OverflowPolicy overflow, int limitBytes, Duration limitTime) {
        this(name, start, overflow, limitBytes, limitTime, USUAL_PATIENCE);
    }
}
