package lancaster.access;

import java.time.Duration;

/**
 * How long who logged in stays so.
 *
 * @param idle without a request
 * @param lifetime in all, whatever he does
 */
public record SessionSettings(Duration idle, Duration lifetime) {
    public static final SessionSettings DEFAULTS = new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(12));
}
