package lancaster.rtmfp.session;

/** What an endpoint counts; see {@link EndpointStats}. */
final class EndpointCounters {
    long receivedDatagrams;
    long droppedDatagrams;
    long hellos;
    long badCookies;
    long refusedHandshakes;
    long openedSessions;
    /** Of sessions that are over. */
    FlowTotals ended = FlowTotals.NONE;
}
