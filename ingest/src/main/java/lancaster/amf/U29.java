package lancaster.amf;

import lancaster.bytes.ByteReader;
import lancaster.bytes.ByteWriter;

/** The 29-bit integer in one to four bytes (AMF3 §1.3.1). */
final class U29 {
    static final int MAX = (1 << 29) - 1;

    private U29() {}

    static int read(ByteReader in) {
        int value = 0;
        for (int i = 0; i < 3; i++) {
            int next = in.u8();
            value = value << 7 | (next & 0x7F);
            if (next < 0x80) {
                return value;
            }
        }
        return value << 8 | in.u8();
    }

    static void write(ByteWriter out, int value) {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("not a 29-bit integer: " + value);
        }
        if (value < 1 << 7) {
            out.u8(value);
        } else if (value < 1 << 14) {
            out.u8(value >> 7 | 0x80).u8(value & 0x7F);
        } else if (value < 1 << 21) {
            out.u8(value >> 14 | 0x80).u8(value >> 7 | 0x80).u8(value & 0x7F);
        } else {
            out.u8(value >> 22 | 0x80)
                    .u8(value >> 15 | 0x80)
                    .u8(value >> 8 | 0x80)
                    .u8(value);
        }
    }
}
