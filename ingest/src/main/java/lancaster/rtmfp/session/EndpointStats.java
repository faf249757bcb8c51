package lancaster.rtmfp.session;

/**
 * Counters of an endpoint since it was made, and its state of the moment.
 *
 * @param droppedDatagrams for no session of ours, not authentic, or ill-formed
 * @param hellos that were answered
 * @param badCookies in keyings: forged, expired, or not ours
 * @param refusedHandshakes past the limits of sessions, handshakes a second or keyings in work, or not acceptable
 * @param openedSessions by both ends together
 * @param keyingsInWork on the crypto executor now
 * @param bufferedBytes waiting for delivery in all receiving flows
 * @param flows of all sessions together
 */
public record EndpointStats(
        long receivedDatagrams,
        long droppedDatagrams,
        long sentDatagrams,
        long sentBytes,
        long hellos,
        long badCookies,
        long refusedHandshakes,
        long openedSessions,
        int sessions,
        int openings,
        int keyingsInWork,
        long bufferedBytes,
        FlowTotals flows) {}
