package lancaster.rtmfp.flow;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;

/** The fragments of one message, in order, until the last is there. */
final class PartialMessage {
    private final List<Bytes> parts = new ArrayList<>();
    private long bytes;

    boolean isEmpty() {
        return parts.isEmpty();
    }

    int fragments() {
        return parts.size();
    }

    long bytes() {
        return bytes;
    }

    void add(Bytes part) {
        parts.add(part);
        bytes += part.length();
    }

    Bytes whole() {
        return parts.size() == 1 ? parts.get(0) : Bytes.concat(parts.toArray(Bytes[]::new));
    }

    void clear() {
        parts.clear();
        bytes = 0;
    }
}
