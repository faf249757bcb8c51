package lancaster.flv;

import java.util.List;
import lancaster.bytes.Bytes;

/** A modifier before a packet (E-RTMP ModEx); types that nobody knows are kept and mean nothing. */
public record ModEx(int type, Bytes data) {
    private static final int TIMESTAMP_OFFSET_NANO = 0;
    /** More can't be said below a millisecond. */
    private static final int MAX_OFFSET_NS = 999_999;

    /** What the modifiers add to the presentation time of their message, nanoseconds. */
    static int offsetNs(List<ModEx> modifiers) {
        int offsetNs = 0;
        for (ModEx modifier : modifiers) {
            if (modifier.type() == TIMESTAMP_OFFSET_NANO && modifier.data().length() >= 3) {
                offsetNs = Math.min(modifier.data().u24(0), MAX_OFFSET_NS);
            }
        }
        return offsetNs;
    }
}
