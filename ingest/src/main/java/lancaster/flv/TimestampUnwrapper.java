package lancaster.flv;

import org.jspecify.annotations.Nullable;

/**
 * Makes a number that doesn't wrap of 32 bits of milliseconds, which wrap after 49.7 days: of all numbers with the same
 * low bits the one nearest to the last.
 */
final class TimestampUnwrapper {
    private @Nullable Long lastMs;

    /** The time of a frame, from which the next ones are reckoned. */
    long frame(long timestampMs) {
        long ms = peek(timestampMs);
        lastMs = ms;
        return ms;
    }

    /** The time of something else: encoders give data messages any time, 0 above all. */
    long peek(long timestampMs) {
        long low = timestampMs & 0xFFFF_FFFFL;
        Long last = lastMs;
        return last == null ? low : last + (int) (low - last);
    }
}
