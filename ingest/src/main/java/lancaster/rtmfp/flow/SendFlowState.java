package lancaster.rtmfp.flow;

/** States of a sending flow and their edges (RFC 7016 §3.6.2, figure 19). */
enum SendFlowState {
    OPEN,
    CLOSING,
    COMPLETE_LINGER,
    CLOSED;

    /** Any state ends with the session; otherwise there is one way. */
    boolean mayBecome(SendFlowState next) {
        return next == CLOSED ? this != CLOSED : next.ordinal() == ordinal() + 1;
    }

    /** {@code next}, if there is an edge that leads there. */
    SendFlowState become(SendFlowState next) {
        if (!mayBecome(next)) {
            throw new IllegalStateException("a sending flow does not go from " + this + " to " + next);
        }
        return next;
    }
}
