package lancaster.config;

import java.util.Optional;

/**
 * One thing that is wrong with a configuration.
 *
 * @param source the file, or {@code --set}
 * @param line counted from 1; 0 where there are no lines
 * @param path of the key: {@code streams.live/townhall.hls.segment}; empty for the whole document
 * @param nearest the known key that was probably meant
 */
public record ConfigError(String source, int line, String path, String message, Optional<String> nearest) {
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(source);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(": ");
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        text.append(message);
        nearest.ifPresent(key -> text.append(" (did you mean ").append(key).append("?)"));
        return text.toString();
    }
}
