package lancaster.bytes;

/** Writes bits, most significant first; the last byte is filled with zero bits. */
public final class BitWriter {
    private final ByteWriter out = new ByteWriter();
    private int pending;
    private int pendingBits;

    /** The low {@code count} bits (at most 32) of {@code value}. */
    public BitWriter bits(long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            pending = pending << 1 | (int) (value >> i & 1);
            if (++pendingBits == 8) {
                out.u8(pending);
                pending = 0;
                pendingBits = 0;
            }
        }
        return this;
    }

    public BitWriter flag(boolean value) {
        return bits(value ? 1 : 0, 1);
    }

    public Bytes bytes() {
        Bytes whole = out.bytes();
        return pendingBits == 0 ? whole : Bytes.concat(whole, Bytes.of(pending << (8 - pendingBits)));
    }
}
