package lancaster.mpegts;

/**
 * How a timeline becomes the 33-bit time of a transport stream.
 *
 * @param offset90k added to decoding and presentation times, so that none before the start falls below 0
 * @param pcrLead90k how much the program clock lags behind decoding times: so long a packet may wait for its decoding
 *     (§2.4.2.6 allows a second)
 */
record TsClock(long offset90k, long pcrLead90k) {
    /** Segments: the offset is 1.4 s, half of it for the decoder's buffer, as players know it from other muxers. */
    static final TsClock SEGMENTS = new TsClock(126_000, 63_000);

    /**
     * Streams that are sent as they come: the clock is read when a packet leaves, which is when its access unit has just
     * arrived; half a second is left for late arrivals, for spreading large pictures and for the network.
     */
    static final TsClock STREAMS = new TsClock(126_000, 45_000);

    /** Ticks of 27 MHz in one of 90 kHz. */
    static final int TICKS_OF_27M = 300;

    private static final long MASK = (1L << 33) - 1;
    private static final long CYCLE_27M = (1L << 33) * TICKS_OF_27M;

    /** PTS or DTS. */
    long timestamp(long time90k) {
        return time90k + offset90k & MASK;
    }

    /** The clock when a packet of an access unit with this decoding time stands in a segment. */
    long pcr27m(long dts90k) {
        return (dts90k + offset90k - pcrLead90k & MASK) * TICKS_OF_27M;
    }

    /** The clock at a moment of the timeline in nanoseconds. */
    long pcr27mAtNs(long timeNs) {
        long ticks = Math.floorDiv(timeNs, 1_000L) * 27 + Math.floorMod(timeNs, 1_000L) * 27 / 1_000;
        return Math.floorMod(ticks + (offset90k - pcrLead90k) * TICKS_OF_27M, CYCLE_27M);
    }
}
