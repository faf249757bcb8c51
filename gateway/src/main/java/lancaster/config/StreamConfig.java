package lancaster.config;

import java.util.Optional;
import lancaster.access.KeySource;
import lancaster.hls.HlsSettings;
import lancaster.stream.StreamSettings;

/**
 * What is configured for the streams of one entry of {@code streams}.
 *
 * @param hlsWindow how many segments a playlist lists; empty if the streams don't go out as HLS
 */
public record StreamConfig(KeySource key, StreamSettings live, Optional<Integer> hlsWindow) {
    public static final StreamConfig DEFAULTS = new StreamConfig(
            new KeySource.Stored(), StreamSettings.DEFAULTS, Optional.of(HlsSettings.DEFAULT.window()));
}
