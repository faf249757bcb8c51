package lancaster.rtmp.chunk;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages as chunks (§5.3) straight into the buffer that goes to the socket. Headers are shortened as far as
 * every receiver understands alike: a new message never begins with format 3, whose timestamp is read in two ways.
 */
public final class ChunkEncoder {
    /** What the length field holds (§5.3.1.2.1). */
    private static final int MAX_MESSAGE_BYTES = 0xFF_FFFF;
    /** The longest header of format 3: basic header and extended timestamp. */
    private static final int CONTINUATION_BYTES = 7;

    /** A header of format 0 with a basic header of one byte (§5.3.1.2.1). */
    private static final int WHOLE_HEADER_BYTES = 12;

    private static final int EXTENDED_BYTES = 4;

    /** Where the message stream id is in a message of format 0 with a basic header of one byte (§5.3.1.2.1). */
    public static final int MESSAGE_STREAM_ID = 8;

    private static final int FORMAT_0 = 0;
    private static final int FORMAT_1 = 1;
    private static final int FORMAT_2 = 2;
    private static final int FORMAT_3 = 3;

    /** What the next header on a chunk stream may leave out. */
    private record Header(int typeId, int messageStreamId, long timestampMs, int length) {}

    private final Map<Integer, Header> last = new HashMap<>();

    private int chunkSize = ChunkDecoder.DEFAULT_CHUNK_SIZE;

    /** The most bytes that {@link #encode} writes for this message. */
    public int maxBytes(RawMessage message) {
        int length = message.payload().length();
        if (length > MAX_MESSAGE_BYTES) {
            throw ProtocolException.limit(Scope.MESSAGE, "rtmp chunk", "a message of " + length + " bytes");
        }
        int continuations = length / chunkSize;
        return ChunkHeader.MAX_BYTES + length + continuations * CONTINUATION_BYTES;
    }

    /** Writes {@code message} to {@code out}; a Set Chunk Size takes effect behind itself. */
    public void encode(int chunkStreamId, RawMessage message, ByteBuffer out) {
        Header header = new Header(
                message.typeId(),
                message.messageStreamId(),
                message.timestampMs(),
                message.payload().length());
        Header before = last.put(chunkStreamId, header);
        int format = format(before, header);
        long timestamp =
                format == FORMAT_0 || before == null ? header.timestampMs : header.timestampMs - before.timestampMs;
        writeBasicHeader(format, chunkStreamId, out);
        writeMessageHeader(format, timestamp, header, out);
        writePayload(chunkStreamId, timestamp, message.payload(), chunkSize, out);
        if (message.typeId() == RawMessage.SET_CHUNK_SIZE) {
            chunkSize = message.payload().i32(0);
        }
    }

    /**
     * Writes {@code message} in a form that says the same whatever was sent before, for connections that share it: with
     * a header of format 0. Its message stream id is at {@link #MESSAGE_STREAM_ID}.
     */
    public static void encodeWhole(int chunkStreamId, RawMessage message, int chunkSize, ByteBuffer out) {
        int length = message.payload().length();
        Header header = new Header(message.typeId(), message.messageStreamId(), message.timestampMs(), length);
        writeBasicHeader(FORMAT_0, chunkStreamId, out);
        writeMessageHeader(FORMAT_0, header.timestampMs, header, out);
        writePayload(chunkStreamId, header.timestampMs, message.payload(), chunkSize, out);
    }

    /** The most bytes that {@link #encodeWhole} writes for this message. */
    public static int wholeBytes(RawMessage message, int chunkSize) {
        int length = message.payload().length();
        return ChunkHeader.MAX_BYTES + length + length / chunkSize * CONTINUATION_BYTES;
    }

    /** The chunks that {@link #encodeWhole} makes of this message. */
    public static int chunks(RawMessage message, int chunkSize) {
        return Math.max(1, (message.payload().length() + chunkSize - 1) / chunkSize);
    }

    /** Where chunk {@code index} ends that another follows, behind the begin of what {@link #encodeWhole} writes. */
    public static int endOfChunk(RawMessage message, int chunkSize, int index) {
        int extended = message.timestampMs() >= ChunkHeader.EXTENDED ? EXTENDED_BYTES : 0;
        return WHOLE_HEADER_BYTES + extended + chunkSize + index * (1 + extended + chunkSize);
    }

    private static int format(@Nullable Header before, Header header) {
        if (before == null || before.messageStreamId != header.messageStreamId) {
            return FORMAT_0;
        }
        if (header.typeId == RawMessage.DATA_AMF0) {
            // Data are few, and may share their chunk stream with messages that were encoded whole.
            return FORMAT_0;
        }
        long delta = header.timestampMs - before.timestampMs;
        if (delta < 0 || delta >= ChunkHeader.EXTENDED) {
            return FORMAT_0;
        }
        boolean alike = before.typeId == header.typeId && before.length == header.length;
        return alike ? FORMAT_2 : FORMAT_1;
    }

    private static void writeBasicHeader(int format, int chunkStreamId, ByteBuffer out) {
        int id = chunkStreamId - ChunkHeader.FIRST_TWO_BYTE_ID;
        if (id < 0) {
            out.put((byte) (format << 6 | chunkStreamId));
        } else if (id < 256) {
            out.put((byte) (format << 6)).put((byte) id);
        } else {
            out.put((byte) (format << 6 | 1)).put((byte) id).put((byte) (id >> 8));
        }
    }

    private static void writeMessageHeader(int format, long timestamp, Header header, ByteBuffer out) {
        boolean extended = timestamp >= ChunkHeader.EXTENDED;
        putU24(out, extended ? ChunkHeader.EXTENDED : (int) timestamp);
        if (format <= FORMAT_1) {
            putU24(out, header.length);
            out.put((byte) header.typeId);
        }
        if (format == FORMAT_0) {
            out.putInt(Integer.reverseBytes(header.messageStreamId));
        }
        if (extended) {
            out.putInt((int) timestamp);
        }
    }

    private static void writePayload(int chunkStreamId, long timestamp, Bytes payload, int chunkSize, ByteBuffer out) {
        int at = 0;
        while (true) {
            int count = Math.min(chunkSize, payload.length() - at);
            payload.slice(at, count).putTo(out);
            at += count;
            if (at == payload.length()) {
                return;
            }
            writeBasicHeader(FORMAT_3, chunkStreamId, out);
            if (timestamp >= ChunkHeader.EXTENDED) {
                out.putInt((int) timestamp);
            }
        }
    }

    private static void putU24(ByteBuffer out, int value) {
        out.putShort((short) (value >> 8)).put((byte) value);
    }
}
