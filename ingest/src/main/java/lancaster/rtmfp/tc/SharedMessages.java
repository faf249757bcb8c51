package lancaster.rtmfp.tc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import lancaster.bytes.Bytes;
import lancaster.rtmp.chunk.RawMessage;

/**
 * The latest messages that are played, encoded once for all players of an endpoint: their bytes don't name a stream.
 * Owner: the loop of the endpoint.
 */
final class SharedMessages {
    /** All players but the slowest are within this of each other. */
    private static final int MAX_MESSAGES = 512;

    private final IdentityHashMap<RawMessage, Bytes> encoded = new IdentityHashMap<>();
    private final Deque<RawMessage> order = new ArrayDeque<>();

    Bytes encoded(RawMessage message) {
        Bytes known = encoded.get(message);
        if (known == null) {
            known = TcMessage.write(message);
            encoded.put(message, known);
            order.add(message);
            if (order.size() > MAX_MESSAGES) {
                encoded.remove(order.remove());
            }
        }
        return known;
    }
}
