package lancaster.rtmfp.packet;

import org.jspecify.annotations.Nullable;

/** Chunk types, and the packets that they are allowed in (RFC 7016 §2.3). */
public enum ChunkType {
    FRAGMENT(0x7F, true, true),
    INITIATOR_HELLO(0x30, true, false),
    FORWARDED_INITIATOR_HELLO(0x0F, false, true),
    RESPONDER_HELLO(0x70, true, false),
    RESPONDER_REDIRECT(0x71, true, false),
    RHELLO_COOKIE_CHANGE(0x79, true, false),
    INITIATOR_INITIAL_KEYING(0x38, true, false),
    RESPONDER_INITIAL_KEYING(0x78, true, false),
    PING(0x01, false, true),
    PING_REPLY(0x41, false, true),
    USER_DATA(0x10, false, true),
    NEXT_USER_DATA(0x11, false, true),
    ACK_BITMAP(0x50, false, true),
    ACK_RANGES(0x51, false, true),
    BUFFER_PROBE(0x18, false, true),
    FLOW_EXCEPTION_REPORT(0x5E, false, true),
    SESSION_CLOSE_REQUEST(0x0C, false, true),
    SESSION_CLOSE_ACKNOWLEDGEMENT(0x4C, false, true);

    private static final @Nullable ChunkType[] BY_CODE = byCode();

    private final int code;
    private final boolean inStartup;
    private final boolean inSession;

    ChunkType(int code, boolean inStartup, boolean inSession) {
        this.code = code;
        this.inStartup = inStartup;
        this.inSession = inSession;
    }

    public int code() {
        return code;
    }

    boolean isAllowedIn(Mode mode) {
        return mode == Mode.STARTUP ? inStartup : inSession;
    }

    static @Nullable ChunkType of(int code) {
        return BY_CODE[code];
    }

    private static @Nullable ChunkType[] byCode() {
        @Nullable ChunkType[] types = new @Nullable ChunkType[256];
        for (ChunkType type : values()) {
            types[type.code] = type;
        }
        return types;
    }
}
