package lancaster.rtmfp.session;

import lancaster.rtmfp.packet.RtmfpParameters;

/**
 * The congestion window (RFC 7016 §3.5.2, appendix A): that of TCP where nothing is time critical, gentler where this
 * session's data are, and yielding where those of others are.
 */
final class CongestionController {
    /**
     * What one received packet told.
     *
     * @param outstandingBytes before it was worked on
     * @param fastGrowAllowed no time critical data are on their way to the far end or to others
     * @param timeCriticalSent this session sends time critical data
     */
    record Progress(
            long outstandingBytes,
            long acknowledgedBytes,
            boolean negatives,
            boolean fastGrowAllowed,
            boolean timeCriticalSent) {}

    private long windowBytes = RtmfpParameters.CWND_INIT_BYTES;
    private long slowStartThresholdBytes = Long.MAX_VALUE;
    private long accumulatedBytes;

    long windowBytes() {
        return windowBytes;
    }

    long slowStartThresholdBytes() {
        return slowStartThresholdBytes;
    }

    /** Nothing was acknowledged for the retransmission timeout (figure 24); {@code loss} if something should have been. */
    void onTimeout(boolean loss) {
        slowStartThresholdBytes = Math.max(slowStartThresholdBytes, windowBytes * 3 / 4);
        accumulatedBytes = 0;
        windowBytes = loss ? RtmfpParameters.CWND_TIMEDOUT_BYTES : RtmfpParameters.CWND_INIT_BYTES;
    }

    /** A packet told of a loss (figure 25). */
    void onLoss(Progress progress) {
        boolean gently = progress.timeCriticalSent
                || (progress.outstandingBytes > RtmfpParameters.SCALABLE_DECREASE_BYTES && progress.fastGrowAllowed);
        long keptBytes = gently ? progress.outstandingBytes * 7 / 8 : progress.outstandingBytes / 2;
        slowStartThresholdBytes = Math.max(keptBytes, RtmfpParameters.CWND_INIT_BYTES);
        windowBytes = slowStartThresholdBytes;
        accumulatedBytes = 0;
    }

    /** A packet with acknowledgements told of no loss (figure 25). */
    void onAcknowledgement(Progress progress) {
        if (progress.negatives || progress.outstandingBytes < windowBytes) {
            return;
        }
        boolean slowStart = windowBytes < slowStartThresholdBytes;
        long increase;
        if (progress.fastGrowAllowed) {
            increase = slowStart
                    ? progress.acknowledgedBytes
                    : additive(
                            progress.acknowledgedBytes,
                            RtmfpParameters.MAX_INCREASE_THRESHOLD_BYTES,
                            RtmfpParameters.INCREASE_BYTES);
        } else if (slowStart && progress.timeCriticalSent) {
            increase = (progress.acknowledgedBytes + 3) / 4;
        } else {
            int cap = progress.timeCriticalSent
                    ? RtmfpParameters.TIME_CRITICAL_INCREASE_THRESHOLD_BYTES
                    : RtmfpParameters.MAX_INCREASE_THRESHOLD_BYTES;
            increase = additive(progress.acknowledgedBytes, cap, RtmfpParameters.SLOW_INCREASE_BYTES);
        }
        windowBytes =
                Math.max(windowBytes + Math.min(increase, RtmfpParameters.SMSS_BYTES), RtmfpParameters.CWND_INIT_BYTES);
    }

    private long additive(long acknowledgedBytes, int thresholdCapBytes, int step) {
        accumulatedBytes += acknowledgedBytes;
        long threshold = Math.min(
                Math.max(windowBytes / RtmfpParameters.INCREASE_PARTS, RtmfpParameters.MIN_INCREASE_THRESHOLD_BYTES),
                thresholdCapBytes);
        long steps = accumulatedBytes / threshold;
        accumulatedBytes -= steps * threshold;
        return steps * step;
    }
}
