package lancaster.multicast;

import lancaster.multicast.PacerStats.Lateness;

/** Counts times in classes that are an eighth wide: small, and exact enough for percentiles. */
public final class LatenessHistogram {
    /** Each power of two has 8 classes. */
    private static final int BITS = 3;

    private static final int CLASSES_A_POWER = 1 << BITS;

    private final long[] counts = new long[(Long.SIZE - BITS) * CLASSES_A_POWER];
    private long total;
    private long maxNs;

    /** @param timeNs not negative */
    public void record(long timeNs) {
        counts[classOf(timeNs)]++;
        total++;
        maxNs = Math.max(maxNs, timeNs);
    }

    public Lateness snapshot() {
        return new Lateness(total, percentile(0.5), percentile(0.95), percentile(0.99), maxNs);
    }

    private long percentile(double share) {
        long rank = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < counts.length && rank > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(maxNs, end(i));
            }
        }
        return 0;
    }

    /** Times below 8 ns have a class each; the others are sorted by their highest bit and the 3 bits behind it. */
    private static int classOf(long timeNs) {
        if (timeNs < CLASSES_A_POWER) {
            return (int) timeNs;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(timeNs) - BITS;
        return (shift << BITS) + (int) (timeNs >> shift);
    }

    /** The longest time of a class. */
    private static long end(int number) {
        if (number < CLASSES_A_POWER) {
            return number;
        }
        int shift = (number >> BITS) - 1;
        return ((number - ((long) shift << BITS) + 1) << shift) - 1;
    }
}
