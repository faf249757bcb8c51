package lancaster.lab;

/** The file of a timeline that went on for long already, as it may be copied from another box. */
public final class TimelineText {
    /** Timestamps of a transport stream have so many values of 90 kHz (ISO/IEC 13818-1 §2.4.3.6). */
    public static final long CYCLE_90K = 1L << 33;
    /** What they are ahead of the timeline. */
    private static final long AHEAD_90K = 126_000;
    /** What the program clock lags behind decoding times, where streams are sent as they come. */
    private static final long LEAD_90K = 45_000;

    private TimelineText() {}

    /** The program clock is to begin anew after so long; decoding times do half a second before. */
    public static String secondsBeforeRollover(int seconds) {
        return goingOnAt(CYCLE_90K - AHEAD_90K + LEAD_90K - seconds * 90_000L);
    }

    private static String goingOnAt(long dts90k) {
        return """
                {
                  "layout": 1,
                  "id": "000102030405060708090a0b0c0d0e0f",
                  "zero-utc-ms": 1700000000000,
                  "segment-90k": 360000,
                  "part-90k": 45000,
                  "formats": ["ts"],
                  "independent-segments": true,
                  "next": { "number": 26000, "dts-90k": %d, "discontinuity-sequence": 3 }
                }
                """
                .formatted(dts90k);
    }
}
