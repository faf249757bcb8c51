package lancaster.stream;

import java.time.Duration;

/**
 * How a subscriber wants the stream.
 *
 * @param name for people and statistics: {@code "hls"}
 * @param limitBytes most bytes that may be queued, each event counted with its payload and 100 bytes
 * @param limitTime most stream time that may be queued
 */
public record SubscriptionSettings(
        String name, Start start, OverflowPolicy overflow, int limitBytes, Duration limitTime) {}
