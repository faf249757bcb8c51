package lancaster.rtmfp.packet;

/** Where a fragment stands in its message (RFC 7016 §2.3.11). */
public enum FragmentControl {
    WHOLE(0),
    BEGIN(1),
    END(2),
    MIDDLE(3);

    private static final FragmentControl[] BY_CODE = {WHOLE, BEGIN, END, MIDDLE};

    private final int code;

    FragmentControl(int code) {
        this.code = code;
    }

    /** Whether a message begins with this fragment. */
    public boolean begins() {
        return this == WHOLE || this == BEGIN;
    }

    /** Whether a message ends with this fragment. */
    public boolean ends() {
        return this == WHOLE || this == END;
    }

    public static FragmentControl of(boolean begins, boolean ends) {
        return begins ? ends ? WHOLE : BEGIN : ends ? END : MIDDLE;
    }

    int code() {
        return code;
    }

    static FragmentControl of(int code) {
        return BY_CODE[code];
    }
}
