package lancaster.departure;

/**
 * Spreads what waits: packets leave at the smallest rate that keeps all deadlines, seven a datagram. As wake-ups are what
 * sending costs, a datagram takes the next ones along, six leave together at most, and whatever arrives takes along what
 * is due soon. A datagram that isn't full waits a little for what comes next.
 */
final class DeparturePlan implements Rhythm {
    private static final int DATAGRAM_PACKETS = TsDepartures.DATAGRAM_PACKETS;
    /** What is due so soon may leave now, where something leaves or arrives anyway. */
    private static final long AHEAD_NS = 22_000_000;
    /** Of a large picture a datagram is due about every millisecond: fewer of those go along. */
    private static final long DENSE_AHEAD_NS = 4_000_000;

    private static final long DENSE_NS = 1_500_000;
    private static final int GROUP = 6;
    /** From a group to the next. */
    private static final long GROUPS_APART_NS = 2_000_000;
    /** Where so many left within {@link #BUSY_NS}, what isn't due stays. */
    private static final int BUSY = 14;

    private static final long BUSY_NS = 10_000_000;
    /** How long packets wait for more: a little longer than a loop that gathers may take to bring it. */
    private static final long INCOMPLETE_NS = 25_000_000;
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
    /** When the last ones left, in a ring. */
    private final long[] departuresNs = new long[BUSY];

    private long departures;
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
        boolean isFirst = lastDepartureNs == Long.MIN_VALUE;
        boolean isFree = mayGroup(nowNs) && (isFirst || nowNs - lastDepartureNs >= GROUPS_APART_NS);
        if ((isFirst || nowNs > lastDepartureNs) && wantedNs <= nowNs + (isFree ? AHEAD_NS : 0)) {
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
        return turnDatagrams < MOST_AT_ONCE && goingNs <= nowNs + (mayGroup(nowNs) ? aheadNs() : 0);
    }

    /** How much sooner than due the next one of this turn may leave. */
    private long aheadNs() {
        if (turnDatagrams == 0) {
            return AHEAD_NS;
        }
        boolean goesAlong = turnDatagrams < GROUP && units.packets() >= DATAGRAM_PACKETS;
        boolean isDense = goingNs - lastNs < DENSE_NS;
        return goesAlong ? isDense ? DENSE_AHEAD_NS : AHEAD_NS : 0;
    }

    private boolean mayGroup(long nowNs) {
        return groups && (departures < BUSY || nowNs - departuresNs[(int) (departures % BUSY)] >= BUSY_NS);
    }

    @Override
    public long timeNs(long nowNs) {
        return clock.timeNs(nowNs);
    }

    @Override
    public void gone(int unitPackets, long nowNs) {
        turnDatagrams++;
        departuresNs[(int) (departures++ % BUSY)] = nowNs;
        if (unitPackets > 0) {
            // What left for the clock's sake wasn't due yet.
            lastNs = goingNs > nowNs + AHEAD_NS ? nowNs : Math.max(goingNs, nowNs - ROUNDING_NS);
            lastPackets = unitPackets;
        }
    }
}
