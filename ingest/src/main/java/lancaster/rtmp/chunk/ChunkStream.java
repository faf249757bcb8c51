package lancaster.rtmp.chunk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import lancaster.bytes.Bytes;

/**
 * What a decoder remembers of one chunk stream: the last header's values, which later headers leave out (§5.3.1.2), and
 * the message that is arriving.
 */
final class ChunkStream {
    private static final byte[] NOTHING = {};

    private int typeId;
    private int messageStreamId;
    private int messageLength;
    private long timestampMs;
    /** The last timestamp field that was sent: what format 3 adds for a new message, and repeats when extended. */
    private long timestampField;

    private boolean extended;

    private boolean receiving;
    private byte[] payload = NOTHING;
    private int received;

    boolean isExtended() {
        return extended;
    }

    /** Whether a message has begun and lacks bytes. */
    boolean isReceiving() {
        return receiving;
    }

    int missingBytes() {
        return messageLength - received;
    }

    /** Memory that the unfinished message takes. */
    int heldBytes() {
        return payload.length;
    }

    /** Whether the first {@code count} of four bytes agree with the timestamp that format 3 may repeat. */
    boolean mayRepeatTimestamp(ByteBuffer bytes, int at, int count) {
        // Some repeat the field, a delta perhaps, others the time of the message.
        return agrees(bytes, at, count, timestampField) || agrees(bytes, at, count, timestampMs);
    }

    private static boolean agrees(ByteBuffer bytes, int at, int count, long timestamp) {
        for (int i = 0; i < count; i++) {
            if (bytes.get(at + i) != (byte) (timestamp >> (24 - 8 * i))) {
                return false;
            }
        }
        return true;
    }

    /** The length of the message that {@code header} begins here. */
    int lengthOf(ChunkHeader header) {
        return header.format <= 1 ? header.messageLength : messageLength;
    }

    /**
     * Begins a message. Formats 1 to 3 on a chunk stream without a past count from zero, as DJI cameras demand.
     * Format 3 behind format 0 adds that timestamp once more (§5.3.1.2.4), and ffmpeg means it so.
     */
    void begin(ChunkHeader header) {
        if (header.format < 3) {
            timestampField = header.timestampField;
            extended = header.extended;
        }
        if (header.format == 0) {
            timestampMs = timestampField;
            messageStreamId = header.messageStreamId;
        } else {
            timestampMs = timestampMs + timestampField & 0xFFFF_FFFFL;
        }
        if (header.format <= 1) {
            messageLength = header.messageLength;
            typeId = header.typeId;
        }
        receiving = true;
    }

    /** How large the array must become to take {@code count} more bytes. */
    int capacityFor(int count, int trustedBytes) {
        int needed = received + count;
        if (needed <= payload.length) {
            return payload.length;
        }
        int roomy = Math.max(trustedBytes, payload.length > messageLength / 2 ? messageLength : payload.length * 2);
        return Math.max(needed, Math.min(roomy, messageLength));
    }

    void grow(int capacity) {
        if (capacity > payload.length) {
            payload = received == 0 ? new byte[capacity] : Arrays.copyOf(payload, capacity);
        }
    }

    void receive(ByteBuffer in, int count) {
        in.get(payload, received, count);
        received += count;
    }

    /** The complete message; its array is the receiver's now. */
    RawMessage complete() {
        RawMessage message = new RawMessage(typeId, messageStreamId, timestampMs, Bytes.wrap(payload, 0, received));
        abandon();
        return message;
    }

    void abandon() {
        receiving = false;
        payload = NOTHING;
        received = 0;
    }
}
