package lancaster.probe.net;

import java.io.IOException;

/** A stream can't be looked at. The message says which and why. */
public final class ProbeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What kind of reason. */
    public enum Reason {
        /** The address isn't one. */
        ADDRESS,
        /** Nobody is there, or nothing comes. */
        UNAVAILABLE,
        /** The file doesn't exist or can't be read. */
        NO_INPUT,
        /** It is nothing that the probe understands. */
        DATA
    }

    private final Reason reason;

    ProbeException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
