package lancaster.access;

/** Too many ask for what takes the processor; try again in a moment. */
public final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BusyException() {
        super("too many logins at once; try again in a moment", null, false, false);
    }
}
