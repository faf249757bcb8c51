package lancaster.rtmfp.flow;

/** States of a receiving flow and their edges (RFC 7016 §3.6.3, figure 22). */
enum RecvFlowState {
    OPEN,
    REJECTED,
    COMPLETE_LINGER,
    CLOSED;

    /** Any state ends with the session. */
    boolean mayBecome(RecvFlowState next) {
        return switch (this) {
            case OPEN -> next != OPEN;
            case REJECTED -> next == COMPLETE_LINGER || next == CLOSED;
            case COMPLETE_LINGER -> next == CLOSED;
            case CLOSED -> false;
        };
    }

    /** {@code next}, if there is an edge that leads there. */
    RecvFlowState become(RecvFlowState next) {
        if (!mayBecome(next)) {
            throw new IllegalStateException("a receiving flow does not go from " + this + " to " + next);
        }
        return next;
    }
}
