package lancaster.codec.avc;

import lancaster.bytes.BitReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/** Reads the syntax elements of a raw byte sequence payload: u(n), ue(v), se(v) (§7.2, §9.1). */
final class RbspReader {
    private final BitReader bits;
    private final String where;

    RbspReader(Bytes rbsp, String where) {
        this.bits = new BitReader(rbsp, where);
        this.where = where;
    }

    /** Takes out each emulation_prevention_three_byte (§7.4.1.1). */
    static Bytes withoutEmulationPrevention(Bytes payload) {
        byte[] rbsp = new byte[payload.length()];
        int length = 0;
        int zeros = 0;
        for (int i = 0; i < payload.length(); i++) {
            int value = payload.u8(i);
            if (zeros >= 2 && value == 3) {
                zeros = 0;
                continue;
            }
            zeros = value == 0 ? zeros + 1 : 0;
            rbsp[length++] = (byte) value;
        }
        return Bytes.wrap(rbsp, 0, length);
    }

    boolean flag() {
        return bits.flag();
    }

    int u(int count) {
        return bits.intBits(count);
    }

    long u32() {
        return bits.bits(32);
    }

    /** ue(v), which must not be larger than {@code max}. */
    long ue(long max) {
        long value = ue();
        if (value > max) {
            throw ProtocolException.malformed(
                    Scope.MESSAGE, where, "the number " + value + " where at most " + max + " is allowed");
        }
        return value;
    }

    int se() {
        long code = ue();
        long magnitude = (code + 1) / 2;
        return (int) ((code & 1) == 1 ? magnitude : -magnitude);
    }

    private long ue() {
        int zeros = 0;
        while (!bits.flag()) {
            if (++zeros > 32) {
                throw ProtocolException.malformed(Scope.MESSAGE, where, "an Exp-Golomb code of more than 32 bits");
            }
        }
        return (1L << zeros) - 1 + bits.bits(zeros);
    }
}
