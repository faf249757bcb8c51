package lancaster.rtmfp.packet;

import lancaster.bytes.ByteWriter;

/**
 * The variable length unsigned integer (RFC 7016 §2.1.2): seven bits a byte, most significant first, the high bit set on
 * all bytes but the last. Numbers have 64 bits and are unsigned.
 */
public final class Vlu {
    /** Those of 64 bits. */
    public static final int MAX_BYTES = 10;

    private Vlu() {}

    /** The bytes that {@code value} takes. */
    public static int length(long value) {
        return value >>> 7 == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
    }

    public static ByteWriter write(ByteWriter out, long value) {
        for (int shift = 7 * (length(value) - 1); shift > 0; shift -= 7) {
            out.u8(((int) (value >>> shift) & 0x7F) | 0x80);
        }
        return out.u8((int) value & 0x7F);
    }

    /** Writes {@code value} into {@code array} and gives the index behind it. */
    public static int write(byte[] array, int at, long value) {
        int next = at;
        for (int shift = 7 * (length(value) - 1); shift > 0; shift -= 7) {
            array[next++] = (byte) (((value >>> shift) & 0x7F) | 0x80);
        }
        array[next++] = (byte) (value & 0x7F);
        return next;
    }
}
