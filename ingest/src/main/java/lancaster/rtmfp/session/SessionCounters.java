package lancaster.rtmfp.session;

/** What a session counts; see {@link SessionStats}. */
final class SessionCounters {
    long sentPackets;
    long sentBytes;
    long receivedPackets;
    long receivedBytes;
    long sentFragments;
    long lostFragments;
    long timeouts;
    long droppedPackets;
    long malformedChunks;

    SessionStats stats(RttEstimator rtt, long bytesInFlight, long windowBytes, SessionFlows flows) {
        return new SessionStats(
                sentPackets,
                sentBytes,
                receivedPackets,
                receivedBytes,
                sentFragments,
                lostFragments,
                timeouts,
                droppedPackets,
                malformedChunks,
                rtt.smoothedNs(),
                rtt.retransmissionTimeoutNs(),
                bytesInFlight,
                windowBytes,
                flows.sendFlows(),
                flows.recvFlows());
    }
}
