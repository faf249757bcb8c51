package lancaster.rtmfp.session;

import lancaster.rtmfp.packet.PacketHeader;
import lancaster.rtmfp.packet.RtmfpParameters;

/** Timestamps and their echoes, and the round-trip and retransmission times that come of them (RFC 7016 §3.5.2.2). */
final class RttEstimator {
    private static final int NONE = PacketHeader.ABSENT;
    private static final int MODULUS = 1 << 16;

    private int timestampReceived = NONE;
    private long timestampReceivedNs;
    private int echoSent = NONE;
    private int echoReceived = NONE;
    private long smoothedNs;
    private long varianceNs;
    private boolean measured;
    private long mrtoNs = RtmfpParameters.INITIAL_MRTO_NS;
    private long ertoNs = RtmfpParameters.INITIAL_ERTO_NS;

    static int timestamp(long nowNs) {
        return (int) Math.floorMod(Math.floorDiv(nowNs, RtmfpParameters.TIMESTAMP_TICK_NS), (long) MODULUS);
    }

    void received(PacketHeader header, long nowNs) {
        int timestamp = header.timestamp();
        if (timestamp != NONE && timestamp != timestampReceived) {
            timestampReceived = timestamp;
            timestampReceivedNs = nowNs;
        }
        int echo = header.timestampEcho();
        if (echo != NONE && echo != echoReceived) {
            echoReceived = echo;
            int ticks = Math.floorMod(timestamp(nowNs) - echo, MODULUS);
            if (ticks <= RtmfpParameters.MAX_RTT_TICKS) {
                measured(ticks * RtmfpParameters.TIMESTAMP_TICK_NS);
            }
        }
    }

    /** The timestamp for a packet that is sent now, also if the last one had the same: librtmfp drops packets without. */
    int takeTimestamp(long nowNs) {
        return timestamp(nowNs);
    }

    /** The echo for a packet that is sent now; absent if there is nothing new to say. */
    int takeEcho(long nowNs) {
        if (timestampReceived == NONE) {
            return NONE;
        }
        long elapsedNs = nowNs - timestampReceivedNs;
        if (elapsedNs > RtmfpParameters.TIMESTAMP_ECHO_LIFETIME_NS) {
            timestampReceived = NONE;
            echoSent = NONE;
            return NONE;
        }
        int echo = (int) ((timestampReceived + elapsedNs / RtmfpParameters.TIMESTAMP_TICK_NS) % MODULUS);
        if (echo == echoSent) {
            return NONE;
        }
        echoSent = echo;
        return echo;
    }

    /** A timeout: the next will be later. */
    void backOff() {
        long longerNs = (long) (ertoNs * RtmfpParameters.ERTO_BACKOFF);
        ertoNs = Math.max(Math.min(longerNs, RtmfpParameters.MAX_ERTO_NS), mrtoNs);
    }

    /** 0 before the first measurement. */
    long smoothedNs() {
        return smoothedNs;
    }

    /** ERTO: how long a fragment may be on its way. */
    long retransmissionTimeoutNs() {
        return ertoNs;
    }

    private void measured(long rttNs) {
        if (measured) {
            long deltaNs = Math.abs(smoothedNs - rttNs);
            varianceNs = (3 * varianceNs + deltaNs) / 4;
            smoothedNs = (7 * smoothedNs + rttNs) / 8;
        } else {
            measured = true;
            smoothedNs = rttNs;
            varianceNs = rttNs / 2;
        }
        mrtoNs = smoothedNs + 4 * varianceNs + RtmfpParameters.MRTO_ALLOWANCE_NS;
        ertoNs = Math.max(mrtoNs, RtmfpParameters.MIN_ERTO_NS);
    }
}
