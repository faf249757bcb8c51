package lancaster.access;

/** Name or password, or the one-time secret, are wrong; which of them isn't said. */
public final class WrongException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongException() {
        super("this isn't right", null, false, false);
    }
}
