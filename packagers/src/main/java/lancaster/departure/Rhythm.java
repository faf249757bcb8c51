package lancaster.departure;

/** When datagrams leave. */
sealed interface Rhythm permits DeparturePlan, ConstantRate {
    /** Moments that streams share, so that one wake-up serves them all. */
    long GRID_NS = 1_000_000;

    /** The most datagrams of a stream that leave one behind the other. */
    int MOST_AT_ONCE = 7;

    /** When the next datagram is due, or MAX_VALUE; asked after whatever changes it. */
    long nextNs(long nowNs);

    /** When what is wanted at {@code wantedNs} leaves, later than {@code lastDepartureNs}. */
    long momentNs(long wantedNs, long nowNs, long lastDepartureNs);

    /** Stream time begins, or has jumped. */
    void onClock(long nowNs);

    /** Whether a datagram leaves now; asked again and again at the same moment until none does. */
    boolean mayGo(long nowNs);

    /** The stream time that it carries. */
    long timeNs(long nowNs);

    /** It has left, with so many packets of units in it. */
    void gone(int unitPackets, long nowNs);
}
