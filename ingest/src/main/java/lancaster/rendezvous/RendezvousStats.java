package lancaster.rendezvous;

/**
 * Lookups and introductions since the start.
 *
 * @param contacts that can be found now
 * @param partners other servers that lookups are sent on to now
 * @param lookups of peers by their ID
 * @param introductions both ends were told
 * @param sentOn to other servers, for the peer isn't here
 * @param vouched lookups of other servers' clients that were answered here
 * @param unknown lookups of peers that nobody knows
 * @param refused lookups by strangers, and what strangers vouch for
 * @param limited lookups by those who ask too often
 * @param malformed lookups that name no peer
 */
public record RendezvousStats(
        int contacts,
        int partners,
        long lookups,
        long introductions,
        long sentOn,
        long vouched,
        long unknown,
        long refused,
        long limited,
        long malformed) {}
