package lancaster.rtmfp.session;

/**
 * What the flows of all sessions of an endpoint have carried since it was made, those that are over among them.
 *
 * @param sending flows that there are now
 * @param receiving flows that there are now
 * @param sentFragments of messages, retransmissions among them
 * @param lostFragments that were taken for lost (RFC 7016 §3.6.2.5, §3.6.2.6)
 * @param timeouts after which everything in flight of a session was taken for lost
 * @param malformedChunks that were ignored
 */
public record FlowTotals(
        long sending, long receiving, long sentFragments, long lostFragments, long timeouts, long malformedChunks) {
    static final FlowTotals NONE = new FlowTotals(0, 0, 0, 0, 0, 0);

    /** With a session that is there. */
    FlowTotals with(SessionStats session) {
        return new FlowTotals(
                sending + session.sendFlows(),
                receiving + session.recvFlows(),
                sentFragments + session.sentFragments(),
                lostFragments + session.lostFragments(),
                timeouts + session.timeouts(),
                malformedChunks + session.malformedChunks());
    }

    /** With a session that is over and has no flows any more. */
    FlowTotals withEnded(SessionStats session) {
        return new FlowTotals(
                sending,
                receiving,
                sentFragments + session.sentFragments(),
                lostFragments + session.lostFragments(),
                timeouts + session.timeouts(),
                malformedChunks + session.malformedChunks());
    }
}
