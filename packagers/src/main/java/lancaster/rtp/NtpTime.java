package lancaster.rtp;

import java.time.Instant;

/**
 * Time as RTCP carries it (§4): seconds since 1900 above, fractions of 2⁻³² s below. Wraps in 2036.
 *
 * @param bits all 64
 */
public record NtpTime(long bits) {
    private static final long SECONDS_TO_1970 = 2_208_988_800L;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    public static NtpTime of(Instant instant) {
        long fraction = ((long) instant.getNano() << 32) / NANOS_PER_SECOND;
        return new NtpTime((instant.getEpochSecond() + SECONDS_TO_1970) << 32 | fraction);
    }

    /** What reports refer to, in 1/65536 s. */
    public long middle32() {
        return bits >>> 16 & 0xFFFF_FFFFL;
    }
}
