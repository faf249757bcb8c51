package lancaster.departure;

/**
 * What was sent, and what became of the clock, since the beginning.
 *
 * @param datagrams that left
 * @param packets of the transport stream in them, null packets included
 * @param nullPackets in them
 * @param accessUnits that left or began to
 * @param lateSteps how often the clock was set back because an access unit came late
 * @param earlySteps how often it was set forward because all came early
 * @param cuts how often waiting access units were thrown away up to a random access point: they were too many, or too
 *     late
 * @param droppedAccessUnits in all such cases, and before the first random access point
 * @param malformed access units that no packet can be made of
 * @param waitingPackets that have not left yet
 * @param delayNs how much later than the least delayed the last access unit came
 * @param skewPpm how much faster the encoder's clock runs than this machine's, as far as it is followed
 */
public record DepartureStats(
        long datagrams,
        long packets,
        long nullPackets,
        long accessUnits,
        long lateSteps,
        long earlySteps,
        long cuts,
        long droppedAccessUnits,
        long malformed,
        int waitingPackets,
        long delayNs,
        double skewPpm) {}
