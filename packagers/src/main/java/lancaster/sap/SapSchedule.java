package lancaster.sap;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often to announce (§3.1): all announcers of a group together keep to 4000 bit/s.
 *
 * @param shortest between two announcements of a session, however few sessions there are
 */
public record SapSchedule(Duration shortest) {
    private static final long LIMIT_BITS_PER_S = 4_000;
    private static final long NS_PER_S = 1_000_000_000;

    /** How long until the next announcement: {@link #intervalNs}, a little more or less. */
    public long nextNs(int announcements, int announcementBytes, RandomGenerator random) {
        long interval = intervalNs(announcements, announcementBytes);
        // Up to a third earlier or later, so that announcers don't fall into step.
        return interval - interval / 3 + random.nextLong(interval / 3 * 2 + 1);
    }

    /**
     * @param announcements of all announcers of the group, ours included
     * @param announcementBytes of one, with its headers
     */
    public long intervalNs(int announcements, int announcementBytes) {
        long shared = 8L * announcements * announcementBytes * NS_PER_S / LIMIT_BITS_PER_S;
        return Math.max(shortest.toNanos(), shared);
    }
}
