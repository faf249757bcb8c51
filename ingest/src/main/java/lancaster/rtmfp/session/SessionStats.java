package lancaster.rtmfp.session;

/**
 * Counters of a session since it opened, and its state of the moment.
 *
 * @param sentPackets datagrams, as all packets here
 * @param sentBytes of UDP payload
 * @param sentFragments of messages, retransmissions among them
 * @param lostFragments that were taken for lost (RFC 7016 §3.6.2.5, §3.6.2.6)
 * @param timeouts after which everything in flight was taken for lost
 * @param droppedPackets from the far end that were not authentic or not allowed
 * @param malformedChunks that were ignored
 * @param smoothedRttNs 0 before the first measurement
 * @param bytesInFlight sent and neither acknowledged nor lost
 * @param congestionWindowBytes how much may be in flight
 * @param sendFlows that there are now
 * @param recvFlows that there are now
 */
public record SessionStats(
        long sentPackets,
        long sentBytes,
        long receivedPackets,
        long receivedBytes,
        long sentFragments,
        long lostFragments,
        long timeouts,
        long droppedPackets,
        long malformedChunks,
        long smoothedRttNs,
        long retransmissionTimeoutNs,
        long bytesInFlight,
        long congestionWindowBytes,
        int sendFlows,
        int recvFlows) {}
