package lancaster.flv;

/** Type of video frame (§E.4.3.1). */
public enum FrameType {
    RESERVED,
    KEY,
    INTER,
    DISPOSABLE_INTER,
    GENERATED_KEY,
    COMMAND;

    static FrameType of(int bits) {
        return bits < values().length ? values()[bits] : RESERVED;
    }

    public boolean isKey() {
        return this == KEY || this == GENERATED_KEY;
    }
}
