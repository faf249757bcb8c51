package lancaster.access;

/** Too many logins failed; the next one counts after a while. */
public final class WaitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long seconds;

    WaitException(long seconds) {
        super("too many logins failed; wait " + seconds + " s", null, false, false);
        this.seconds = seconds;
    }

    public long seconds() {
        return seconds;
    }
}
