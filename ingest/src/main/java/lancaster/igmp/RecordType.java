package lancaster.igmp;

import java.util.Arrays;
import java.util.Optional;

/** What a record says (RFC 3376 §4.2.12, RFC 3810 §5.2.12). */
public enum RecordType {
    MODE_IS_INCLUDE(1),
    MODE_IS_EXCLUDE(2),
    CHANGE_TO_INCLUDE_MODE(3),
    CHANGE_TO_EXCLUDE_MODE(4),
    ALLOW_NEW_SOURCES(5),
    BLOCK_OLD_SOURCES(6);

    private final int code;

    RecordType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static Optional<RecordType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }
}
