package lancaster.hds;

/**
 * An entry of the fragment run table (F4V §2.11.2.2): fragments of one duration, up to the next entry's first, or a
 * discontinuity.
 *
 * @param durationMs of each fragment; 0 for a discontinuity
 * @param discontinuity DiscontinuityIndicator, where the duration is 0
 */
record FragmentRun(long firstFragment, long timestampMs, long durationMs, int discontinuity) {
    /** The presentation ends. */
    static final int END = 0;
    /**
     * Numbers and times jump. Also where times alone do, as other servers do it too: players know this one best, and who
     * expects a number to be skipped finds the next entry beginning with it.
     */
    static final int BOTH = 3;
}
