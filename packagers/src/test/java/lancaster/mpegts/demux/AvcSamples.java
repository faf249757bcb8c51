package lancaster.mpegts.demux;

import lancaster.bytes.BitWriter;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/** H.264 NAL units that mean what tests want, with nothing in their slices. */
public final class AvcSamples {
    public static final Bytes AUD = Bytes.of(9, 0xF0);
    /** Baseline, 4 bits of frame_num, progressive, 160x96. */
    public static final Bytes SPS = sps(false, 9);
    /** The same with another height. */
    static final Bytes OTHER_SPS = sps(false, 8);

    static final Bytes INTERLACED_SPS = sps(true, 9);
    public static final Bytes PPS = pps(0);
    static final Bytes OTHER_PPS = pps(1);
    /** recovery_frame_cnt 0, exact_match, no broken link. */
    static final Bytes RECOVERY_POINT = Bytes.of(6, 6, 1, 0xC4, 0x80);

    static final Bytes FILLER = Bytes.of(12, 0xFF, 0xFF, 0xFF, 0x80);

    private AvcSamples() {}

    private static Bytes sps(boolean interlaced, int heightUnits) {
        BitWriter bits = new BitWriter().bits(66, 8).bits(0, 8).bits(30, 8);
        ue(bits, 0);
        ue(bits, 0);
        ue(bits, 2);
        ue(bits, 1);
        bits.flag(false);
        ue(bits, 9);
        ue(bits, heightUnits);
        bits.flag(!interlaced);
        if (interlaced) {
            bits.flag(false);
        }
        bits.flag(true).flag(false).flag(false).flag(true);
        return Bytes.concat(Bytes.of(0x67), bits.bytes());
    }

    private static Bytes pps(int initialQp) {
        BitWriter bits = new BitWriter();
        ue(bits, 0);
        ue(bits, 0);
        bits.flag(false).flag(false);
        ue(bits, initialQp);
        return Bytes.concat(Bytes.of(0x68), bits.flag(true).bytes());
    }

    /**
     * A slice.
     *
     * @param header the first byte: 0x65 IDR, 0x41 reference, 0x01 not
     * @param type 0 P, 1 B, 2 I
     * @param fill makes its content
     */
    static Bytes slice(int header, int firstMacroblock, int type, int frameNum, int fill, int length) {
        BitWriter bits = new BitWriter();
        ue(bits, firstMacroblock);
        ue(bits, type);
        ue(bits, 0);
        bits.bits(frameNum, 4);
        return filled(header, bits, fill, length);
    }

    /** A slice of a field, under {@link #INTERLACED_SPS}. */
    static Bytes field(int header, int type, int frameNum, boolean bottom, int fill) {
        BitWriter bits = new BitWriter();
        ue(bits, 0);
        ue(bits, type);
        ue(bits, 0);
        bits.bits(frameNum, 4).flag(true).flag(bottom);
        return filled(header, bits, fill, 60);
    }

    private static Bytes filled(int header, BitWriter bits, int fill, int length) {
        ByteWriter out = new ByteWriter().u8(header).bytes(bits.bytes());
        while (out.length() < length) {
            out.u8(0x10 | fill);
        }
        return out.u8(0x80).bytes();
    }

    public static Bytes idr(int fill) {
        return slice(0x65, 0, 2, 0, fill, 200);
    }

    public static Bytes reference(int frameNum, int fill) {
        return slice(0x41, 0, 0, frameNum, fill, 100);
    }

    static Bytes disposable(int frameNum, int fill) {
        return slice(0x01, 0, 1, frameNum, fill, 50);
    }

    /** In annex B, with start codes of four bytes. */
    public static Bytes stream(Bytes... units) {
        ByteWriter out = new ByteWriter();
        for (Bytes unit : units) {
            out.u32(1).bytes(unit);
        }
        return out.bytes();
    }

    /** Behind lengths. */
    static Bytes prefixed(Bytes... units) {
        ByteWriter out = new ByteWriter();
        for (Bytes unit : units) {
            out.u32(unit.length()).bytes(unit);
        }
        return out.bytes();
    }

    private static void ue(BitWriter bits, int value) {
        int length = 32 - Integer.numberOfLeadingZeros(value + 1);
        bits.bits(0, length - 1).bits(value + 1, length);
    }
}
