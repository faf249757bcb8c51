package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.MalformedPacketException.Reason;

/**
 * A cursor over the elements of packets and options (RFC 7016 §2.1), big-endian. What it gives shares the array that it
 * reads; reading past the end throws {@link Reason#TRUNCATED}.
 */
public final class PacketCursor {
    private final Bytes bytes;
    private int at;
    private int end;

    public PacketCursor(Bytes bytes) {
        this.bytes = bytes;
        this.end = bytes.length();
    }

    public int position() {
        return at;
    }

    public int remaining() {
        return end - at;
    }

    public boolean hasRemaining() {
        return at < end;
    }

    public int u8() {
        return bytes.u8(advance(1));
    }

    public int u16() {
        return bytes.u16(advance(2));
    }

    public long u32() {
        return bytes.u32(advance(4));
    }

    /** An unsigned number of up to 64 bits. Leading zero digits are legal, more than ten bytes are not taken. */
    public long vlu() {
        long value = 0;
        for (int i = 0; i < Vlu.MAX_BYTES; i++) {
            int next = u8();
            if (value >>> 57 != 0) {
                break;
            }
            value = value << 7 | (next & 0x7F);
            if (next < 0x80) {
                return value;
            }
        }
        throw Reason.NUMBER.exception();
    }

    /** A number that has to stay below 2^63, so that it may be compared and added to: no honest count comes near. */
    public long count() {
        long value = vlu();
        if (value < 0) {
            throw Reason.NUMBER.exception();
        }
        return value;
    }

    /** The next {@code count} bytes, not copied. */
    public Bytes bytes(int count) {
        return bytes.slice(advance(count), count);
    }

    /** Bytes behind their length. */
    public Bytes sized() {
        long length = vlu();
        if (length < 0 || length > remaining()) {
            throw Reason.TRUNCATED.exception();
        }
        return bytes((int) length);
    }

    /** All that is left, not copied. */
    public Bytes rest() {
        return bytes(remaining());
    }

    /** What was read since {@code from}, not copied. */
    Bytes since(int from) {
        return bytes.slice(from, at - from);
    }

    /** Reads from {@code from} up to {@code to} next. */
    void window(int from, int to) {
        at = from;
        end = to;
    }

    private int advance(int count) {
        int from = at;
        if (count > end - from) {
            throw Reason.TRUNCATED.exception();
        }
        at = from + count;
        return from;
    }
}
