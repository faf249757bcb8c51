package lancaster.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing big-endian buffer. {@link #bytes()} copies out; {@link #reset()} keeps the array for the next use. */
public final class ByteWriter {
    private byte[] array;
    private int length;

    public ByteWriter() {
        this(64);
    }

    public ByteWriter(int capacity) {
        array = new byte[capacity];
    }

    public int length() {
        return length;
    }

    public ByteWriter u8(int value) {
        ensure(1);
        array[length++] = (byte) value;
        return this;
    }

    public ByteWriter u16(int value) {
        return u8(value >> 8).u8(value);
    }

    public ByteWriter u24(int value) {
        return u8(value >> 16).u16(value);
    }

    /** The low 32 bits of {@code value}. */
    public ByteWriter u32(long value) {
        return u16((int) (value >> 16)).u16((int) value);
    }

    public ByteWriter u64(long value) {
        return u32(value >> 32).u32(value);
    }

    public ByteWriter f64(double value) {
        return u64(Double.doubleToRawLongBits(value));
    }

    public ByteWriter bytes(Bytes bytes) {
        ensure(bytes.length());
        bytes.copyTo(0, array, length, bytes.length());
        length += bytes.length();
        return this;
    }

    public ByteWriter bytes(byte[] bytes, int offset, int count) {
        ensure(count);
        System.arraycopy(bytes, offset, array, length, count);
        length += count;
        return this;
    }

    public ByteWriter ascii(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.US_ASCII);
        return bytes(encoded, 0, encoded.length);
    }

    public ByteWriter zeros(int count) {
        ensure(count);
        Arrays.fill(array, length, length + count, (byte) 0);
        length += count;
        return this;
    }

    /** Overwrites four bytes written earlier, such as the size of a box that is now known. */
    public ByteWriter setU32(int at, long value) {
        if (at < 0 || at + 4 > length) {
            throw new IndexOutOfBoundsException("4 bytes at " + at + " of " + length);
        }
        for (int i = 0; i < 4; i++) {
            array[at + i] = (byte) (value >> (24 - 8 * i));
        }
        return this;
    }

    /** Hands what was written over without a copy; the sink must not keep or change it. */
    public void writeTo(ByteSink sink) {
        sink.write(array, 0, length);
    }

    /** A copy of what was written. */
    public Bytes bytes() {
        return Bytes.wrap(Arrays.copyOf(array, length));
    }

    public ByteWriter reset() {
        length = 0;
        return this;
    }

    private void ensure(int count) {
        int needed = Math.addExact(length, count);
        if (needed > array.length) {
            array = Arrays.copyOf(array, Math.max(needed, array.length * 2));
        }
    }
}
