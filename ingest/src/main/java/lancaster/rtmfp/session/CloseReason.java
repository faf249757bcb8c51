package lancaster.rtmfp.session;

/** Why a session is no longer open. */
public enum CloseReason {
    /** This end closed or aborted it. */
    NEAR_CLOSED,
    /** The far end asked to close it. */
    FAR_CLOSED,
    /** The far end said that it is gone already. */
    FAR_ABORTED,
    /** The far end answered nothing for the longest time allowed. */
    FAR_SILENT,
    /** Neither end had a flow for the longest time allowed. */
    IDLE,
    /** The same identity opened a new session in its place (RFC 7016 §3.5.1.1.2). */
    OVERRIDDEN,
    /** The endpoint was closed. */
    ENDPOINT_CLOSED
}
