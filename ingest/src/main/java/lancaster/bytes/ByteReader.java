package lancaster.bytes;

import java.nio.charset.StandardCharsets;
import lancaster.bytes.ProtocolException.Scope;

/**
 * A cursor over {@link Bytes}, big-endian. Reading past the end throws a malformed {@link ProtocolException} of scope
 * MESSAGE that names the element which {@code where} gave.
 */
public final class ByteReader {
    private final Bytes bytes;
    private final String where;
    private int position;

    /** {@code where} names what is read, for errors: {@code "avcC"}, {@code "amf0 object"}. */
    public ByteReader(Bytes bytes, String where) {
        this.bytes = bytes;
        this.where = where;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return bytes.length() - position;
    }

    public boolean hasRemaining() {
        return remaining() > 0;
    }

    /** The unsigned byte that the next {@link #u8} will read. */
    public int peekU8() {
        need(1);
        return bytes.u8(position);
    }

    public int u8() {
        need(1);
        return bytes.u8(position++);
    }

    public int u16() {
        int at = advance(2);
        return bytes.u16(at);
    }

    public int u24() {
        int at = advance(3);
        return bytes.u24(at);
    }

    /** Signed 24 bits, such as the composition time of an AVC video tag. */
    public int i24() {
        return u24() << 8 >> 8;
    }

    public int i32() {
        int at = advance(4);
        return bytes.i32(at);
    }

    public long u32() {
        return i32() & 0xFFFF_FFFFL;
    }

    public long i64() {
        long high = u32();
        return high << 32 | u32();
    }

    public double f64() {
        return Double.longBitsToDouble(i64());
    }

    /** The next {@code count} bytes, not copied. */
    public Bytes bytes(int count) {
        int at = advance(count);
        return bytes.slice(at, count);
    }

    /** All that is left, not copied. */
    public Bytes rest() {
        return bytes(remaining());
    }

    public String utf8(int count) {
        Bytes text = bytes(count);
        return new String(text.toArray(), StandardCharsets.UTF_8);
    }

    public void skip(int count) {
        advance(count);
    }

    public ProtocolException malformed(String what) {
        return ProtocolException.malformed(Scope.MESSAGE, where, what + " at byte " + position);
    }

    private int advance(int count) {
        need(count);
        int at = position;
        position += count;
        return at;
    }

    private void need(int count) {
        if (count < 0 || count > remaining()) {
            throw malformed("needs " + count + " bytes, has " + remaining());
        }
    }
}
