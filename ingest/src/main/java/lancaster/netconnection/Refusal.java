package lancaster.netconnection;

import lancaster.rtmp.message.NetStatus;

/** Why a peer doesn't play what it is asked for: the code of the exception that its flow gets (RFC 7016 §3.6.3.7). */
enum Refusal {
    /** As RTMFP itself rejects flows. */
    UNKNOWN(0, NetStatus.STREAM_CONNECT_REJECTED, "the peer refuses"),
    UNWANTED(1, NetStatus.STREAM_CONNECT_REJECTED, "the peer refuses"),
    NOT_FOUND(2, NetStatus.PLAY_STREAM_NOT_FOUND, "the peer publishes nothing under this name"),
    FULL(3, NetStatus.STREAM_CONNECT_REJECTED, "as many peers as may are connected to that one");

    private final long code;
    private final NetStatus status;
    private final String description;

    Refusal(long code, NetStatus status, String description) {
        this.code = code;
        this.status = status;
        this.description = description;
    }

    /** Others may have codes of their own. */
    static Refusal of(long code) {
        for (Refusal refusal : values()) {
            if (refusal.code == code) {
                return refusal;
            }
        }
        return UNKNOWN;
    }

    long code() {
        return code;
    }

    NetStatus status() {
        return status;
    }

    String description() {
        return description;
    }
}
