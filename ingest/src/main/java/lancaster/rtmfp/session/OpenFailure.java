package lancaster.rtmfp.session;

/** Why a session did not open. */
public enum OpenFailure {
    /** No address answered with a hello of the far end that was looked for. */
    NO_ANSWER,
    /** The far end said hello but agreed on no keys in time. */
    NO_KEYS,
    /** The far end's certificate offers nothing that this end can use. */
    NOT_ACCEPTABLE,
    /** This end has as many sessions as it may have. */
    TOO_MANY_SESSIONS,
    /** The endpoint was closed. */
    ENDPOINT_CLOSED
}
