package lancaster.departure;

/**
 * Spreads what waits: packets leave at the smallest rate that keeps all deadlines, seven a datagram. As wake-ups are what
 * sending costs, a datagram takes the next ones along, seven leave together at most, and whatever arrives takes along
 * what is due soon. A datagram that isn't full, and the little that is left behind, wait for what comes next.
 */
final class DeparturePlan implements Rhythm {
    private static final int DATAGRAM_PACKETS = TsDepartures.DATAGRAM_PACKETS;
    /** What is due so soon may leave now, where something leaves or arrives anyway. */
    private static final long AHEAD_NS = 22_000_000;
    /** Of a large picture a datagram is due about every millisecond: fewer of those go along. */
    private static final long DENSE_AHEAD_NS = 4_000_000;

    private static final long DENSE_NS = 1_500_000;
    /** Within so much no more than {@link #MOST_AT_ONCE} leave: a millisecond, and what sending them may take. */
    private static final long MOST_WITHIN_NS = 1_100_000;
    /** From a group to the next. */
    private static final long GROUPS_APART_NS = 2_000_000;
    /** Where so many left within {@link #BUSY_NS}, what isn't due stays. */
    private static final int BUSY = 14;

    private static final long BUSY_NS = 10_000_000;
    /** How long packets wait for what comes next: a little longer than a loop that gathers may take to bring it. */
    private static final long INCOMPLETE_NS = 25_000_000;
    /** What is left behind waits for the next unit, if it isn't more than this: a wake-up of its own isn't worth it. */
    private static final int REST_PACKETS = 11 * DATAGRAM_PACKETS;
    /** Of more than this fewer go along, for two full groups would hold up what falls due behind them. */
    private static final int MUCH_PACKETS = 2 * REST_PACKETS;

    private static final int GROUP_OF_MUCH = 6;
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
    private long goneNs = Long.MIN_VALUE;
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
        long dueNs = dueNs();
        boolean isRest = groups && units.packets() <= REST_PACKETS && goneNs >= units.newestNs();
        return isRest && dueNs != Long.MAX_VALUE ? Math.max(dueNs, units.newestNs() + INCOMPLETE_NS) : dueNs;
    }

    private long dueNs() {
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
        long fromNs = isFirst ? nowNs : Math.max(lastDepartureNs + 1, roomNs());
        if (nowNs >= fromNs && wantedNs <= nowNs + (isFree ? AHEAD_NS : 0)) {
            return nowNs;
        }
        return -Math.floorDiv(-Math.max(wantedNs, fromNs), GRID_NS) * GRID_NS;
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
        goingNs = dueNs();
        boolean hasRoom = turnDatagrams < MOST_AT_ONCE && nowNs >= roomNs();
        return hasRoom && goingNs <= nowNs + (mayGroup(nowNs) ? aheadNs() : 0);
    }

    /** How much sooner than due the next one of this turn may leave. */
    private long aheadNs() {
        if (turnDatagrams == 0) {
            return AHEAD_NS;
        }
        boolean isDense = goingNs - lastNs < DENSE_NS;
        int waiting = units.packets();
        int group = waiting < MUCH_PACKETS ? MOST_AT_ONCE : GROUP_OF_MUCH;
        boolean goesAlong = turnDatagrams < group && waiting >= DATAGRAM_PACKETS;
        return goesAlong ? isDense ? DENSE_AHEAD_NS : AHEAD_NS : 0;
    }

    /** From when on one more may leave. */
    private long roomNs() {
        return departures < MOST_AT_ONCE
                ? Long.MIN_VALUE
                : departuresNs[(int) ((departures - MOST_AT_ONCE) % BUSY)] + MOST_WITHIN_NS;
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
        goneNs = nowNs;
        departuresNs[(int) (departures++ % BUSY)] = nowNs;
        if (unitPackets > 0) {
            // What left for the clock's sake wasn't due yet.
            lastNs = goingNs > nowNs + AHEAD_NS ? nowNs : Math.max(goingNs, nowNs - ROUNDING_NS);
            lastPackets = unitPackets;
        }
    }
}
