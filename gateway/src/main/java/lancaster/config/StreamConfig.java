package lancaster.config;

import lancaster.access.KeySource;
import lancaster.stream.StreamSettings;

/** What is configured for the streams of one entry of {@code streams}. */
public record StreamConfig(KeySource key, StreamSettings live) {
    public static final StreamConfig DEFAULTS = new StreamConfig(new KeySource.Stored(), StreamSettings.DEFAULTS);
}
