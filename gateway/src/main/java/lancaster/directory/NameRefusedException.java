package lancaster.directory;

/** A name can't be registered; the message says why. */
public final class NameRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /** What stands against it. */
    public enum Reason {
        UNUSABLE,
        TAKEN,
        FULL
    }

    private final Reason reason;

    NameRefusedException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
