package lancaster.media;

/** The one timebase: 90 kHz ticks (ISO/IEC 13818-1 §2.4.3.7). RTMP's milliseconds become exact ticks. */
public final class Timebase {
    /** Ticks a second. */
    public static final long HZ = 90_000;
    /** Ticks a millisecond. */
    public static final long TICKS_PER_MS = 90;

    private Timebase() {}

    public static long fromMs(long ms) {
        return ms * TICKS_PER_MS;
    }

    /** Milliseconds, rounded towards minus infinity. */
    public static long toMs(long ticks90k) {
        return Math.floorDiv(ticks90k, TICKS_PER_MS);
    }

    /** Nanoseconds, as run loops count them, rounded towards zero. */
    public static long toNs(long ticks90k) {
        return ticks90k * 100_000 / 9;
    }

    public static double toSeconds(long ticks90k) {
        return (double) ticks90k / HZ;
    }

    /** The time of sample {@code index} at {@code sampleRate} Hz after time 0, rounded to the nearest tick. */
    public static long ofSamples(long index, int sampleRate) {
        return Math.floorDiv(index * HZ + sampleRate / 2, sampleRate);
    }
}
