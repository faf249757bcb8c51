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
}
