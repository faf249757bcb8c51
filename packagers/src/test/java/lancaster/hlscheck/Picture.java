package lancaster.hlscheck;

import lancaster.bytes.Bytes;

/**
 * What a sequence parameter set says of the picture (ISO/IEC 14496-10 §7.3.2.1.1, §E.1.1), read here for the checker
 * alone.
 *
 * @param codec RFC 6381 name
 * @param width shown width with square samples
 * @param transfer transfer_characteristics; 2 where unspecified
 */
record Picture(String codec, int width, int height, int transfer) {
    private static final int UNSPECIFIED = 2;
    private static final int EXTENDED_SAR = 255;
    private static final int[][] SARS = {
        {1, 1}, {1, 1}, {12, 11}, {10, 11}, {16, 11}, {40, 33}, {24, 11}, {20, 11}, {32, 11}, {80, 33}, {18, 11},
        {15, 11}, {64, 33}, {160, 99}, {4, 3}, {3, 2}, {2, 1}
    };

    /** @param unit the NAL unit with its header */
    static Picture parse(Bytes unit) {
        Bits bits = new Bits(withoutEmulation(unit));
        bits.skip(8);
        int profile = bits.u(8);
        int constraints = bits.u(8);
        int level = bits.u(8);
        bits.ue();
        int chroma = 1;
        if (profile >= 100 && profile != 144) {
            chroma = bits.ue();
            bits.ue();
            bits.ue();
            bits.skip(1);
            if (bits.u(1) == 1) {
                throw new IllegalArgumentException("scaling matrices are not read here");
            }
        }
        bits.ue();
        int orderType = bits.ue();
        if (orderType == 0) {
            bits.ue();
        } else if (orderType == 1) {
            throw new IllegalArgumentException("picture order type 1 is not read here");
        }
        bits.ue();
        bits.skip(1);
        int columns = (bits.ue() + 1) * 16;
        int mapUnits = bits.ue() + 1;
        int fieldFactor = 2 - bits.u(1);
        int rows = mapUnits * fieldFactor * 16;
        if (fieldFactor == 2) {
            bits.skip(1);
        }
        bits.skip(1);
        if (bits.u(1) == 1) {
            int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
            int unitY = (chroma == 1 ? 2 : 1) * fieldFactor;
            columns -= unitX * (bits.ue() + bits.ue());
            rows -= unitY * (bits.ue() + bits.ue());
        }
        int[] sar = {1, 1};
        int transfer = UNSPECIFIED;
        if (bits.u(1) == 1) {
            if (bits.u(1) == 1) {
                int idc = bits.u(8);
                sar = idc == EXTENDED_SAR ? new int[] {bits.u(16), bits.u(16)} : SARS[idc < SARS.length ? idc : 0];
            }
            if (bits.u(1) == 1) {
                bits.skip(1);
            }
            if (bits.u(1) == 1) {
                bits.skip(4);
                if (bits.u(1) == 1) {
                    bits.skip(8);
                    transfer = bits.u(8);
                }
            }
        }
        String codec = String.format("avc1.%02x%02x%02x", profile, constraints, level);
        return new Picture(codec, Math.round((float) columns * sar[0] / sar[1]), rows, transfer);
    }

    String resolution() {
        return width + "x" + height;
    }

    /** Drops the third byte of 00 00 03 (§7.4.1). */
    private static byte[] withoutEmulation(Bytes unit) {
        byte[] out = new byte[unit.length()];
        int length = 0;
        int zeros = 0;
        for (int i = 0; i < unit.length(); i++) {
            int b = unit.u8(i);
            if (zeros >= 2 && b == 3) {
                zeros = 0;
                continue;
            }
            zeros = b == 0 ? zeros + 1 : 0;
            out[length++] = (byte) b;
        }
        return java.util.Arrays.copyOf(out, length);
    }

    private static final class Bits {
        private final byte[] bytes;
        private int at;

        Bits(byte[] bytes) {
            this.bytes = bytes;
        }

        void skip(int count) {
            at += count;
        }

        int u(int count) {
            int value = 0;
            for (int i = 0; i < count; i++, at++) {
                value = value << 1 | (bytes[at / 8] >> (7 - at % 8) & 1);
            }
            return value;
        }

        int ue() {
            int zeros = 0;
            while (u(1) == 0) {
                zeros++;
            }
            return (1 << zeros) - 1 + u(zeros);
        }
    }
}
