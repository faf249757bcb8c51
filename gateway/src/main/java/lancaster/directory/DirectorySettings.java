package lancaster.directory;

import java.time.Duration;

/**
 * Bounds of the directory.
 *
 * @param names that it holds at a time
 * @param namesOfOne registrant
 * @param nameLength characters of a name
 * @param shortest that a registration may hold
 * @param longest that a registration may hold
 */
public record DirectorySettings(int names, int namesOfOne, int nameLength, Duration shortest, Duration longest) {
    public static final DirectorySettings DEFAULTS =
            new DirectorySettings(10_000, 1_000, 128, Duration.ofSeconds(1), Duration.ofDays(1));
}
