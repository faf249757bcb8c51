package lancaster.multicast;

/** Something that sends at moments it plans itself; a {@link Pacer} keeps them. Owner: the pacer's loop. */
public interface Paced {
    /** Nothing is planned. */
    long NEVER = Long.MAX_VALUE;

    /**
     * When it wants to send next, on the loop's clock, or {@link #NEVER}. Asked when it is added, after each departure
     * and after {@link Pacer#replan}.
     */
    long departureNs();

    /**
     * The moment has come.
     *
     * @param plannedNs what {@link #departureNs} said
     * @param nowNs the time right before this call, never before {@code plannedNs}
     */
    void depart(long plannedNs, long nowNs);
}
