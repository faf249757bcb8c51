package lancaster.access;

import java.time.Duration;

/**
 * How often an address may present a wrong key.
 *
 * @param freeAttempts wrong keys from an address that cost nothing; each further one doubles the wait
 * @param longestWait before the next attempt from that address counts; after that long without an attempt all is
 *     forgotten
 */
public record AccessSettings(int freeAttempts, Duration longestWait) {
    public static final AccessSettings DEFAULTS = new AccessSettings(5, Duration.ofSeconds(30));
}
