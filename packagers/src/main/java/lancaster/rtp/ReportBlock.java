package lancaster.rtp;

/**
 * What a receiver says of one source (§6.4.1).
 *
 * @param fractionLost since the last report, in 256ths
 * @param cumulativeLost 24 bits, signed: duplicates can make it negative
 * @param extendedHighest the highest sequence number received, with the count of wraps above
 * @param jitter in timestamp units
 * @param lastSenderReport the middle 32 bits of the last sender report's NTP time; 0: none
 * @param delaySinceLastSenderReport in 1/65536 s
 */
public record ReportBlock(
        int ssrc,
        int fractionLost,
        int cumulativeLost,
        long extendedHighest,
        long jitter,
        long lastSenderReport,
        long delaySinceLastSenderReport) {}
