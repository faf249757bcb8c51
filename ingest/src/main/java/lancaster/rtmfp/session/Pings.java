package lancaster.rtmfp.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/** Pings of the application that wait for their replies (RFC 7016 §3.5.4); the oldest are forgotten when there are many. */
final class Pings {
    private static final int MAX_WAITING = 32;
    private static final int MARK = 'P';
    private static final int MESSAGE_BYTES = 5;

    private final Map<Bytes, Runnable> waiting = new LinkedHashMap<>(2);
    private int number;

    /** What to ping with so that {@code onReply} is found again. */
    Bytes message(Runnable onReply) {
        if (waiting.size() == MAX_WAITING) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        Bytes message = new ByteWriter(MESSAGE_BYTES).u8(MARK).u32(number++).bytes();
        waiting.put(message, onReply);
        return message;
    }

    Optional<Runnable> answered(Bytes message) {
        return Optional.ofNullable(waiting.remove(message));
    }
}
