package lancaster.departure;

import java.time.Duration;

/**
 * How a stream is sent.
 *
 * @param smooth over how much time peaks are spread, zero: over the duration of a frame
 * @param rateBits constant rate of the transport stream in bits a second, filled up with null packets; 0: as it comes
 * @param constantSize whether every datagram holds 7 packets, filled up with null packets, as FEC wants it
 */
public record DepartureSettings(Duration smooth, long rateBits, boolean constantSize) {
    /** More would not leave the receiver the time to decode. */
    public static final Duration MAX_SMOOTH = Duration.ofMillis(200);
    /** A rate that leaves no room for tables and clock is none. */
    public static final long MIN_RATE_BITS = 100_000;
    /** More is no stream for a desk. */
    public static final long MAX_RATE_BITS = 400_000_000;

    public static final DepartureSettings DEFAULT = new DepartureSettings(Duration.ZERO, 0, false);

    public DepartureSettings {
        if (smooth.isNegative() || smooth.compareTo(MAX_SMOOTH) > 0) {
            throw new IllegalArgumentException(
                    "peaks can be spread over 0 to " + MAX_SMOOTH.toMillis() + " ms, not " + smooth.toMillis());
        }
        if (rateBits != 0 && (rateBits < MIN_RATE_BITS || rateBits > MAX_RATE_BITS)) {
            throw new IllegalArgumentException(
                    "a rate is " + MIN_RATE_BITS + " to " + MAX_RATE_BITS + " bit/s, not " + rateBits);
        }
    }

    boolean isConstantRate() {
        return rateBits != 0;
    }
}
