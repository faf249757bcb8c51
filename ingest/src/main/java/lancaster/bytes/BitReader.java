package lancaster.bytes;

import lancaster.bytes.ProtocolException.Scope;

/** Bits of {@link Bytes}, most significant first. Reading past the end is malformed input of scope MESSAGE. */
public final class BitReader {
    private final Bytes bytes;
    private final String where;
    private int bit;

    public BitReader(Bytes bytes, String where) {
        this.bytes = bytes;
        this.where = where;
    }

    public int remaining() {
        return bytes.length() * 8 - bit;
    }

    /** The next {@code count} bits, at most 32, as an unsigned number. */
    public long bits(int count) {
        if (count < 0 || count > 32) {
            throw new IllegalArgumentException("0 to 32 bits, not " + count);
        }
        if (count > remaining()) {
            throw ProtocolException.malformed(
                    Scope.MESSAGE, where, "needs " + count + " bits at bit " + bit + ", has " + remaining());
        }
        long value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value = value << 1 | (bytes.u8(bit >> 3) >> (7 - (bit & 7)) & 1);
        }
        return value;
    }

    public int intBits(int count) {
        return (int) bits(count);
    }

    public boolean flag() {
        return bits(1) == 1;
    }
}
