package lancaster.rtmp.chunk;

import java.nio.ByteBuffer;

/**
 * The header of one chunk (§5.3.1): basic header, message header and extended timestamp. One instance a decoder, filled
 * anew for every chunk.
 */
final class ChunkHeader {
    /** The longest header: 3 bytes basic header, 11 bytes message header, 4 bytes extended timestamp. */
    static final int MAX_BYTES = 18;
    /** What {@link #read} gives when the header goes on behind the bytes there are. */
    static final int INCOMPLETE = -1;
    /** A 24-bit timestamp or delta of this value stands for an extended one (§5.3.1.3). */
    static final int EXTENDED = 0xFF_FFFF;

    /** Chunk stream ids below this fit into one byte; two bytes reach 319, three 65599 (§5.3.1.1). */
    static final int FIRST_TWO_BYTE_ID = 64;

    private static final int[] MESSAGE_HEADER_BYTES = {11, 7, 3, 0};

    int format;
    int chunkStreamId;
    /** Absolute in format 0, a delta in formats 1 and 2 (also when extended), unsigned 32 bits; unset in format 3. */
    long timestampField;

    boolean extended;
    /** Set in formats 0 and 1. */
    int messageLength;

    int typeId;
    /** Set in format 0. */
    int messageStreamId;

    /** Fills this from {@code bytes} between {@code from} and its limit; gives the header's length or INCOMPLETE. */
    int read(ByteBuffer bytes, int from, ChunkStreams streams) {
        int end = bytes.limit();
        int at = readBasicHeader(bytes, from, end);
        if (at == INCOMPLETE || end - at < MESSAGE_HEADER_BYTES[format]) {
            return INCOMPLETE;
        }
        if (format == 3) {
            ChunkStream stream = streams.find(chunkStreamId);
            return stream == null || !stream.isExtended() ? at - from : skipRepeatedTimestamp(bytes, from, at, stream);
        }
        int field = u24(bytes, at);
        extended = field == EXTENDED;
        if (format <= 1) {
            messageLength = u24(bytes, at + 3);
            typeId = bytes.get(at + 6) & 0xFF;
        }
        if (format == 0) {
            // The only little-endian number of the protocol (§5.3.1.2.1).
            messageStreamId = Integer.reverseBytes(bytes.getInt(at + 7));
        }
        at += MESSAGE_HEADER_BYTES[format];
        if (!extended) {
            timestampField = field;
            return at - from;
        }
        if (end - at < 4) {
            return INCOMPLETE;
        }
        timestampField = bytes.getInt(at) & 0xFFFF_FFFFL;
        return at + 4 - from;
    }

    private int readBasicHeader(ByteBuffer bytes, int from, int end) {
        if (from >= end) {
            return INCOMPLETE;
        }
        int first = bytes.get(from) & 0xFF;
        format = first >> 6;
        chunkStreamId = first & 0x3F;
        if (chunkStreamId > 1) {
            return from + 1;
        }
        int length = chunkStreamId == 0 ? 2 : 3;
        if (end - from < length) {
            return INCOMPLETE;
        }
        int high = length == 3 ? bytes.get(from + 2) & 0xFF : 0;
        chunkStreamId = FIRST_TWO_BYTE_ID + (bytes.get(from + 1) & 0xFF) + (high << 8);
        return from + length;
    }

    /**
     * §5.3.1.3 repeats the extended timestamp in format 3; rtmpdump and others don't. Four bytes that are the timestamp
     * are taken for it, and the first byte that differs settles that they are payload.
     */
    private static int skipRepeatedTimestamp(ByteBuffer bytes, int from, int at, ChunkStream stream) {
        int present = Math.min(4, bytes.limit() - at);
        if (!stream.mayRepeatTimestamp(bytes, at, present)) {
            return at - from;
        }
        return present == 4 ? at + 4 - from : INCOMPLETE;
    }

    private static int u24(ByteBuffer bytes, int at) {
        return (bytes.getShort(at) & 0xFFFF) << 8 | (bytes.get(at + 2) & 0xFF);
    }
}
