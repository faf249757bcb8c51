package lancaster.rtmfp.packet;

/** Who sent a packet, or that it belongs to the startup of a session (RFC 7016 §2.2.4). */
public enum Mode {
    INITIATOR(1),
    RESPONDER(2),
    STARTUP(3);

    private final int code;

    Mode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** How the far end of a session marks its packets where we mark ours so. */
    public Mode other() {
        return switch (this) {
            case INITIATOR -> RESPONDER;
            case RESPONDER -> INITIATOR;
            case STARTUP -> STARTUP;
        };
    }

    static Mode of(int code) {
        return switch (code) {
            case 1 -> INITIATOR;
            case 2 -> RESPONDER;
            case 3 -> STARTUP;
            default -> throw MalformedPacketException.Reason.MODE.exception();
        };
    }
}
