package lancaster.rtmfp.crypto;

/** Whether packets of sessions carry an HMAC, or a session sequence number (RFC 7425 §4.6.5, §4.6.6). */
public enum Protection {
    /** We send it where the far end requires it, and take it where the far end always sends it. */
    ON_REQUEST(0),
    /** We always send it. */
    ALWAYS_SENT(Negotiation.SEND_ALWAYS),
    /** We always send it, and have no session with who doesn't. */
    REQUIRED(Negotiation.SEND_ALWAYS | Negotiation.RECEIVE_REQUIRED);

    private final int flags;

    Protection(int flags) {
        this.flags = flags;
    }

    /** What an initiator says of itself. */
    int flags() {
        return flags | Negotiation.SEND_ON_REQUEST;
    }
}
