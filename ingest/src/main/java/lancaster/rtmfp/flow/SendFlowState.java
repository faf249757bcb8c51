package lancaster.rtmfp.flow;

/** States of a sending flow and their edges (RFC 7016 §3.6.2, figure 19). */
enum SendFlowState {
    OPEN,
    CLOSING,
    COMPLETE_LINGER,
    CLOSED;

    /** Any state ends with the session; otherwise there is one way. */
    boolean mayBecome(SendFlowState next) {
        return switch (this) {
            case OPEN -> next == CLOSING || next == CLOSED;
            case CLOSING -> next == COMPLETE_LINGER || next == CLOSED;
            case COMPLETE_LINGER -> next == CLOSED;
            case CLOSED -> false;
        };
    }

    /** {@code next}, if there is an edge that leads there. */
    SendFlowState become(SendFlowState next) {
        if (!mayBecome(next)) {
            throw new IllegalStateException("a sending flow does not go from " + this + " to " + next);
        }
        return next;
    }
}
