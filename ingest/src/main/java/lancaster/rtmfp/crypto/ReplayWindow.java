package lancaster.rtmfp.crypto;

import java.util.Arrays;

/**
 * Which session sequence numbers have come (RFC 7425 §4.6.6, §4.7): each counts once, and none that is further behind the
 * highest than the window is long.
 */
final class ReplayWindow {
    /** rtmfp-cpp allows for 32; paths that reorder more at high rates lose nothing here. */
    static final int LENGTH = 256;

    private final long[] seen = new long[LENGTH / Long.SIZE];
    private long highest = -1;

    /** Whether a packet of this number, that is below 2^63, is new. */
    boolean isNew(long number) {
        if (number > highest) {
            return true;
        }
        return highest - number < LENGTH && (seen[word(number)] & bit(number)) == 0;
    }

    /** Takes a number that {@link #isNew}. */
    void add(long number) {
        if (number > highest) {
            if (number - highest >= LENGTH) {
                Arrays.fill(seen, 0);
            } else {
                for (long skipped = highest + 1; skipped < number; skipped++) {
                    seen[word(skipped)] &= ~bit(skipped);
                }
            }
            highest = number;
        }
        seen[word(number)] |= bit(number);
    }

    private static int word(long number) {
        return (int) (number % LENGTH) / Long.SIZE;
    }

    private static long bit(long number) {
        return 1L << number;
    }
}
