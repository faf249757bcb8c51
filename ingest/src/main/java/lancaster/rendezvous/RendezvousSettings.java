package lancaster.rendezvous;

import java.time.Duration;

/**
 * Bounds of introductions.
 *
 * @param contacts that are introduced at a time; more connect, and can't be found
 * @param reportedAddresses of one contact that are passed on; each makes a stranger send a packet there
 * @param lookupsPerSecond of one IP address, so that nobody scans for peers or makes us flood one
 * @param burst of lookups of one IP address before that rate counts
 * @param seekers whose rates are remembered
 * @param vouchers of other servers that are remembered
 * @param voucherLifetime for which a lookup that another server has sent on is answered
 */
public record RendezvousSettings(
        int contacts,
        int reportedAddresses,
        int lookupsPerSecond,
        int burst,
        int seekers,
        int vouchers,
        Duration voucherLifetime) {
    /** A seeker asks again at most eight times in the {@code OPEN_TIMEOUT_NS} of one opening; a member of a group seeks a dozen at once. */
    public static final RendezvousSettings DEFAULTS =
            new RendezvousSettings(50_000, 8, 20, 100, 10_000, 10_000, Duration.ofSeconds(95));
}
