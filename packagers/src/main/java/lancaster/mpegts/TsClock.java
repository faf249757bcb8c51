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

    private static final long MASK = (1L << 33) - 1;

    /** PTS or DTS. */
    long timestamp(long time90k) {
        return time90k + offset90k & MASK;
    }

    long pcr(long dts90k) {
        return dts90k + offset90k - pcrLead90k & MASK;
    }
}
