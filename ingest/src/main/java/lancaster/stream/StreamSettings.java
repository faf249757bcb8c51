package lancaster.stream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a stream is kept.
 *
 * @param segment wanted duration of a segment; fixed in the timeline's record
 * @param part duration of a part of low-latency HLS; fixed in the record
 * @param formats segment formats; fixed in the record
 * @param gopLimit publishers with longer groups of pictures are refused
 * @param linger how long a stream without a publisher waits for one
 * @param silence after this long without media a publisher has lost its claim to the name
 */
public record StreamSettings(
        Duration segment,
        Duration part,
        List<String> formats,
        Optional<Duration> gopLimit,
        SecondPublisher onSecondPublisher,
        Duration linger,
        Duration silence) {
    public static final StreamSettings DEFAULTS = new StreamSettings(
            Duration.ofSeconds(4),
            Duration.ofMillis(500),
            List.of("ts", "fmp4"),
            Optional.empty(),
            SecondPublisher.TAKEOVER,
            Duration.ofSeconds(20),
            Duration.ofSeconds(5));

    public StreamSettings {
        formats = List.copyOf(formats);
    }
}
