package lancaster.codec.avc;

import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;

/**
 * The beginning of a slice header (§7.3.3).
 *
 * @param reference whether other pictures may be predicted from this one: nal_ref_idc is not 0
 * @param idr whether the picture is an instantaneous decoding refresh
 * @param firstMacroblock 0 begins a picture
 * @param intra whether slices of the type use no other picture
 * @param frameNum counts reference frames, modulo {@link AvcSps#frameNumBits}
 * @param field whether the picture is one field of a frame
 * @param bottomField which one
 */
public record SliceHeader(
        boolean reference,
        boolean idr,
        long firstMacroblock,
        boolean intra,
        int frameNum,
        boolean field,
        boolean bottomField) {
    /** The elements read end within so many bytes, emulation prevention included. */
    private static final int LIMIT_BYTES = 32;

    private static final int MAX_SLICE_TYPE = 9;
    private static final int MAX_PPS_ID = 255;
    private static final int I = 2;
    private static final int SI = 4;
    private static final int TYPES = 5;

    /** first_mb_in_slice of a slice NAL unit; empty where it can't be read. */
    public static Optional<Long> firstMacroblock(Bytes unit) {
        try {
            return Optional.of(rbsp(unit).ue(Integer.MAX_VALUE));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    /** Reads a NAL unit that is a slice, under the parameter set that is active; empty where it can't be read. */
    public static Optional<SliceHeader> parse(Bytes unit, AvcSps sps) {
        try {
            return Optional.of(read(unit, sps));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    private static SliceHeader read(Bytes unit, AvcSps sps) {
        RbspReader in = rbsp(unit);
        long firstMacroblock = in.ue(Integer.MAX_VALUE);
        int type = (int) in.ue(MAX_SLICE_TYPE) % TYPES;
        in.ue(MAX_PPS_ID);
        if (sps.separateColourPlanes()) {
            in.u(2);
        }
        int frameNum = in.u(sps.frameNumBits());
        boolean field = sps.interlaced() && in.flag();
        boolean bottomField = field && in.flag();
        return new SliceHeader(
                (unit.u8(0) & 0x60) != 0,
                NalType.of(unit.get(0)) == NalType.IDR_SLICE,
                firstMacroblock,
                type == I || type == SI,
                frameNum,
                field,
                bottomField);
    }

    private static RbspReader rbsp(Bytes unit) {
        Bytes head = unit.slice(1, Math.min(unit.length() - 1, LIMIT_BYTES));
        return new RbspReader(RbspReader.withoutEmulationPrevention(head), "slice header");
    }
}
