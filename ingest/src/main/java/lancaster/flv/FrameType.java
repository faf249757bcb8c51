package lancaster.flv;

/** Type of video frame (§E.4.3.1). */
public enum FrameType {
    RESERVED,
    KEY,
    INTER,
    DISPOSABLE_INTER,
    GENERATED_KEY,
    COMMAND;

    private static final FrameType[] BY_BITS = values();

    static FrameType of(int bits) {
        return bits < BY_BITS.length ? BY_BITS[bits] : RESERVED;
    }

    public boolean isKey() {
        return this == KEY || this == GENERATED_KEY;
    }
}
