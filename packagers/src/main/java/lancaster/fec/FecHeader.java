package lancaster.fec;

import lancaster.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What a parity packet says in the 16 bytes behind its RTP header: which packets it protects, and the XOR of what can't be
 * told from their bodies.
 *
 * @param sequenceBase the lowest sequence number protected, 16 bits
 * @param lengthRecovery of the packets' lengths without their first 12 bytes
 * @param offset between the sequence numbers protected: L for a column, 1 for a row
 * @param count of packets protected (NA): D for a column, L for a row
 */
record FecHeader(
        int sequenceBase,
        int lengthRecovery,
        int payloadTypeRecovery,
        int timestampRecovery,
        boolean row,
        int offset,
        int count) {
    static final int SIZE = 16;

    private static final int EXTENDED = 0x80;
    private static final int PAYLOAD_TYPE = 0x7F;
    private static final int NEXT_HEADER = 0x80;
    private static final int ROW = 0x40;
    private static final int TYPE = 0x38;

    /** The header that {@code payload} begins with; null where there is none, or not one of XOR parity. */
    static @Nullable FecHeader parse(Bytes payload) {
        if (payload.length() < SIZE) {
            return null;
        }
        int flags = payload.u8(12);
        int offset = payload.u8(13);
        int count = payload.u8(14);
        if ((flags & (NEXT_HEADER | TYPE)) != 0 || offset == 0 || count == 0) {
            return null;
        }
        return new FecHeader(
                payload.u16(0),
                payload.u16(2),
                payload.u8(4) & PAYLOAD_TYPE,
                payload.i32(8),
                (flags & ROW) != 0,
                offset,
                count);
    }

    void write(byte[] target, int at) {
        u16(target, at, sequenceBase);
        u16(target, at + 2, lengthRecovery);
        target[at + 4] = (byte) (EXTENDED | payloadTypeRecovery);
        // The mask of RFC 2733, which offset and count replace.
        target[at + 5] = 0;
        target[at + 6] = 0;
        target[at + 7] = 0;
        u16(target, at + 8, timestampRecovery >> 16);
        u16(target, at + 10, timestampRecovery);
        target[at + 12] = (byte) (row ? ROW : 0);
        target[at + 13] = (byte) offset;
        target[at + 14] = (byte) count;
        target[at + 15] = 0;
    }

    private static void u16(byte[] target, int at, int value) {
        target[at] = (byte) (value >> 8);
        target[at + 1] = (byte) value;
    }
}
