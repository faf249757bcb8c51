package lancaster.access;

/** What is asked of the accounts can't be; the message says why, to who asked. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
        super(message, null, false, false);
    }
}
