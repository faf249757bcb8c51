package lancaster.mpegts.demux;

/**
 * Makes times that don't wrap of the 33 bits of a program's timestamps, which wrap after 26.5 hours: of all times with
 * the same low bits the one nearest to the last of any stream of the program.
 */
final class ProgramClock {
    private static final int UNUSED_BITS = Long.SIZE - 33;

    private boolean started;
    private long last90k;

    /** The time of a decoding timestamp, from which the next ones are reckoned. */
    long unwrap(long timestamp) {
        last90k = started ? last90k + difference(timestamp, last90k) : timestamp;
        started = true;
        return last90k;
    }

    /** How far {@code timestamp} is ahead of {@code reference}, as 33 bits can tell. */
    static long difference(long timestamp, long reference) {
        return ((timestamp - reference) << UNUSED_BITS) >> UNUSED_BITS;
    }
}
