package lancaster.multicast;

/**
 * How punctual a {@link Pacer} was since it began.
 *
 * @param paced how many plan by it now
 * @param wakeUps how often its timer ran
 * @param lateness by how much departures missed their moments
 */
public record PacerStats(int paced, long wakeUps, Lateness lateness) {
    /**
     * Percentiles, rounded up by at most an eighth.
     *
     * @param departures how many moments there were
     */
    public record Lateness(long departures, long medianNs, long p95Ns, long p99Ns, long maxNs) {}
}
