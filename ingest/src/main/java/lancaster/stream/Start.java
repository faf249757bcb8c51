package lancaster.stream;

/** Where a subscription begins. */
public enum Start {
    /**
     * At the last random access point, out of the cache: configurations, last metadata, the mark in force there, units
     * since. For players. The segment of that first mark is incomplete.
     */
    FROM_GOP,
    /**
     * At the next random access point: configurations and last metadata at once, then that access unit, with its mark
     * before it if a segment begins there. Whoever counts segments waits for the first mark.
     */
    NEXT_RANDOM_ACCESS
}
