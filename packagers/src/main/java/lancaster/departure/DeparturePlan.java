package lancaster.departure;

/**
 * Spreads what waits: packets leave at the smallest rate that keeps all deadlines, seven a datagram, up to three
 * datagrams at a time where they are close anyway. A datagram that isn't full waits a little for what comes next.
 */
final class DeparturePlan implements Rhythm {
    private static final int DATAGRAM_PACKETS = TsDepartures.DATAGRAM_PACKETS;
    /** A datagram that leaves takes those with it that are due so soon, up to {@link #GROUP}: fewer wake-ups. */
    private static final long AHEAD_NS = 8_000_000;

    private static final int GROUP = 3;
    /** What is due so soon when a unit comes leaves with the wake-up that brought it. */
    private static final long WAKE_UP_NS = 4_000_000;
    /** Of a large picture a datagram is due every millisecond anyway: those keep their distance. */
    private static final long APART_NS = 1_500_000;
    /** How long packets wait for more. */
    private static final long INCOMPLETE_NS = 20_000_000;
    /** What a datagram is late counts for the next one up to this: the grid rounds, and the sum must be right. */
    private static final long ROUNDING_NS = 2 * GRID_NS;
    /** No deadline makes a rate higher than everything within a millisecond. */
    private static final long SHORTEST_NS = 1_000_000;

    private final WaitingUnits units;
    private final DepartureClock clock;
    private final boolean groups;
    /** When the last datagram was due, and what it took from the units. */
    private long lastNs = Long.MIN_VALUE;

    private int lastPackets;
    private long goingNs;
    private long turnNs = Long.MIN_VALUE;
    private int turnDatagrams;

    /** @param groups whether datagrams may leave together; where peaks are spread they don't */
    DeparturePlan(WaitingUnits units, DepartureClock clock, boolean groups) {
        this.units = units;
        this.clock = clock;
        this.groups = groups;
    }

    @Override
    public long nextNs(long nowNs) {
        int waiting = units.packets();
        if (waiting == 0) {
            return Long.MAX_VALUE;
        }
        long fromNs = Math.max(lastNs, units.oldestNs());
        long dueNs = fromNs;
        if (lastNs != Long.MIN_VALUE) {
            dueNs = Math.max(fromNs, lastNs + units.durationNs(lastPackets, fromNs, SHORTEST_NS));
        }
        boolean waits = waiting < DATAGRAM_PACKETS && units.hasSeenVideo();
        return waits ? Math.max(dueNs, fromNs + INCOMPLETE_NS) : dueNs;
    }

    @Override
    public long momentNs(long wantedNs, long nowNs, long lastDepartureNs) {
        if (nowNs > lastDepartureNs && wantedNs <= nowNs + (groups ? WAKE_UP_NS : 0)) {
            return nowNs;
        }
        return -Math.floorDiv(-Math.max(wantedNs, lastDepartureNs + 1), GRID_NS) * GRID_NS;
    }

    /** What waits keeps its deadlines. */
    @Override
    public void onClock(long nowNs) {}

    @Override
    public boolean mayGo(long nowNs) {
        if (turnNs != nowNs) {
            turnNs = nowNs;
            turnDatagrams = 0;
        }
        goingNs = nextNs(nowNs);
        boolean goesAlong = groups
                && turnDatagrams > 0
                && turnDatagrams < GROUP
                && units.packets() >= DATAGRAM_PACKETS
                && goingNs - lastNs >= APART_NS;
        long aheadNs = goesAlong ? AHEAD_NS : groups && turnDatagrams == 0 ? WAKE_UP_NS : 0;
        return turnDatagrams < MOST_AT_ONCE && goingNs <= nowNs + aheadNs;
    }

    @Override
    public long timeNs(long nowNs) {
        return clock.timeNs(nowNs);
    }

    @Override
    public void gone(int unitPackets, long nowNs) {
        turnDatagrams++;
        if (unitPackets > 0) {
            // What left for the clock's sake wasn't due yet.
            lastNs = goingNs > nowNs + AHEAD_NS ? nowNs : Math.max(goingNs, nowNs - ROUNDING_NS);
            lastPackets = unitPackets;
        }
    }
}
