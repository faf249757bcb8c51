package lancaster.rtmfp.flow;

/** In which order a receiving flow hands out its messages. */
public enum ReceiveOrder {
    /** As they were written; a gap is waited for until it is filled or abandoned (RFC 7016 §3.6.3.3). */
    ORIGINAL,
    /** As they become complete. */
    NETWORK
}
