package lancaster.departure;

/** What {@link DepartureStats} are made of. */
final class DepartureCounts {
    long datagrams;
    long packets;
    long nullPackets;
    long accessUnits;
    long lateSteps;
    long earlySteps;
    long cuts;
    long droppedAccessUnits;
    long malformed;

    DepartureStats snapshot(WaitingUnits units, DepartureClock clock) {
        return new DepartureStats(
                datagrams,
                packets,
                nullPackets,
                accessUnits,
                lateSteps,
                earlySteps,
                cuts,
                droppedAccessUnits,
                malformed,
                units.packets(),
                clock.delayNs(),
                clock.skewPpm());
    }
}
