package lancaster.stream;

/**
 * Where a timeline goes on: nothing at or behind these was ever used.
 *
 * @param number of the next segment
 * @param dts90k the first free decoding time
 * @param discontinuitySequence how many discontinuities there have been
 */
record TimelinePosition(long number, long dts90k, long discontinuitySequence) {
    static final TimelinePosition ZERO = new TimelinePosition(0, 0, 0);

    TimelinePosition {
        if (number < 0 || dts90k < 0 || discontinuitySequence < 0) {
            throw new IllegalArgumentException(
                    "negative position: " + number + ", " + dts90k + ", " + discontinuitySequence);
        }
    }

    /** Whether nothing has ever been published on the timeline. */
    boolean isVirgin() {
        return equals(ZERO);
    }

    TimelinePosition plus(long segments, long ticks90k) {
        return new TimelinePosition(number + segments, dts90k + ticks90k, discontinuitySequence + segments);
    }
}
