package lancaster.bytes;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable slice of a byte array: the only byte value that crosses packages. Whoever wraps an array gives it away
 * and never writes to it again; slices share it, and the garbage collector frees it.
 */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** Takes {@code array} over: the caller must not write to it any more. */
    public static Bytes wrap(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    /** Takes {@code array} over: the caller must not write to these {@code length} bytes any more. */
    public static Bytes wrap(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new Bytes(array, offset, length);
    }

    public static Bytes copyOf(byte[] array) {
        return wrap(array.clone());
    }

    /** Copies what remains in {@code buffer} and leaves its position where it was. */
    public static Bytes copyOf(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return wrap(copy);
    }

    /** Bytes of the given values, each 0 to 255. */
    public static Bytes of(int... values) {
        byte[] array = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            array[i] = (byte) values[i];
        }
        return wrap(array);
    }

    public static Bytes concat(Bytes... parts) {
        int total = 0;
        for (Bytes part : parts) {
            total = Math.addExact(total, part.length);
        }
        byte[] all = new byte[total];
        int at = 0;
        for (Bytes part : parts) {
            part.copyTo(0, all, at, part.length);
            at += part.length;
        }
        return wrap(all);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public byte get(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /** The unsigned byte at {@code index}. */
    public int u8(int index) {
        return get(index) & 0xFF;
    }

    /** The unsigned 16 bits at {@code index}, big-endian. */
    public int u16(int index) {
        return u8(index) << 8 | u8(index + 1);
    }

    /** The unsigned 24 bits at {@code index}, big-endian. */
    public int u24(int index) {
        return u16(index) << 8 | u8(index + 2);
    }

    /** The 32 bits at {@code index}, big-endian. */
    public int i32(int index) {
        return u16(index) << 16 | u16(index + 2);
    }

    /** The unsigned 32 bits at {@code index}, big-endian. */
    public long u32(int index) {
        return i32(index) & 0xFFFF_FFFFL;
    }

    public Bytes slice(int from) {
        return slice(from, length - from);
    }

    public Bytes slice(int from, int count) {
        Objects.checkFromIndexSize(from, count, length);
        return count == 0 ? EMPTY : new Bytes(array, offset + from, count);
    }

    public void copyTo(int from, byte[] target, int targetOffset, int count) {
        Objects.checkFromIndexSize(from, count, length);
        System.arraycopy(array, offset + from, target, targetOffset, count);
    }

    public void putTo(ByteBuffer target) {
        target.put(array, offset, length);
    }

    /** Hands the bytes over without a copy; the sink must not keep or change them. */
    public void writeTo(ByteSink sink) {
        sink.write(array, offset, length);
    }

    /** A read-only view. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    public boolean startsWith(Bytes prefix) {
        return prefix.length <= length && slice(0, prefix.length).equals(prefix);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** The length and the first bytes in hex; never the whole content, which may be large. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(length).append(" bytes");
        int shown = Math.min(length, 16);
        for (int i = 0; i < shown; i++) {
            text.append(i == 0 ? ": " : " ").append(String.format("%02x", u8(i)));
        }
        return text.append(shown < length ? " …" : "").toString();
    }
}
