package lancaster.mpegts.analysis;

/**
 * The media delivery index (RFC 4445 §3) of the last second and the worst so far.
 *
 * @param delayFactorNs how much a receiver would have to hold back, as time at the media rate
 * @param mediaLossRate lost TS packets a second
 * @param mediaBitsPerSecond the media rate, by the clock references where they tell it
 */
public record MdiReport(
        long delayFactorNs,
        double mediaLossRate,
        long mediaBitsPerSecond,
        long worstDelayFactorNs,
        double worstMediaLossRate) {
    /** {@code DF:MLR}, milliseconds and packets a second, as it is written (§3). */
    public String text() {
        return String.format(java.util.Locale.ROOT, "%.1f:%.0f", delayFactorNs / 1e6, mediaLossRate);
    }
}
