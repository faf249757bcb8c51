package lancaster.rtmfp.session;

import java.util.EnumSet;
import java.util.Set;

/** States of a session and their edges (RFC 7016 §3.5, figure 8). */
public enum SessionState {
    IHELLO_SENT,
    KEYING_SENT,
    OPEN,
    NEARCLOSE,
    FARCLOSE_LINGER,
    CLOSED,
    OPEN_FAILED;

    private Set<SessionState> successors() {
        return switch (this) {
            case IHELLO_SENT -> EnumSet.of(KEYING_SENT, CLOSED, OPEN_FAILED);
            case KEYING_SENT -> EnumSet.of(OPEN, CLOSED, OPEN_FAILED);
            case OPEN -> EnumSet.of(NEARCLOSE, FARCLOSE_LINGER, CLOSED);
            case NEARCLOSE, FARCLOSE_LINGER -> EnumSet.of(CLOSED);
            case CLOSED, OPEN_FAILED -> EnumSet.noneOf(SessionState.class);
        };
    }

    public boolean mayBecome(SessionState next) {
        return successors().contains(next);
    }

    /** {@code next}, if there is an edge that leads there. */
    SessionState become(SessionState next) {
        if (!mayBecome(next)) {
            throw new IllegalStateException("a session does not go from " + this + " to " + next);
        }
        return next;
    }
}
