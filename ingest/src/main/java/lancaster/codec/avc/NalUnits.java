package lancaster.codec.avc;

import java.util.OptionalInt;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/**
 * A cursor over the NAL units of an access unit, each behind its 4-byte length (ISO/IEC 14496-15 §5.3.4.2.1). Units of
 * length 0, which some encoders send, are passed over.
 */
public final class NalUnits {
    /** The length field of the canonical form, bytes. */
    public static final int LENGTH_SIZE = 4;

    private final Bytes accessUnit;
    private final int lengthSize;
    private int offset;
    private int length;

    public NalUnits(Bytes accessUnit) {
        this(accessUnit, LENGTH_SIZE);
    }

    private NalUnits(Bytes accessUnit, int lengthSize) {
        this.accessUnit = accessUnit;
        this.lengthSize = lengthSize;
    }

    /** Moves to the next NAL unit. A length that reaches past the end is malformed input of scope MESSAGE. */
    public boolean next() {
        do {
            int at = offset + length;
            if (at == accessUnit.length()) {
                return false;
            }
            if (accessUnit.length() - at < lengthSize) {
                throw malformed("a length field cut short at byte " + at);
            }
            offset = at + lengthSize;
            long announced = length(at);
            if (announced > accessUnit.length() - offset) {
                length = 0;
                throw malformed(
                        "a NAL unit of " + announced + " bytes at byte " + offset + " of " + accessUnit.length());
            }
            length = (int) announced;
        } while (length == 0);
        return true;
    }

    public int type() {
        return NalType.of(accessUnit.get(offset));
    }

    /** Where the NAL unit begins in the access unit, behind its length. */
    public int offset() {
        return offset;
    }

    /** Bytes of the NAL unit. */
    public int length() {
        return length;
    }

    /** The NAL unit, not copied. */
    public Bytes unit() {
        return accessUnit.slice(offset, length);
    }

    /** Whether the access unit has a slice at all: without one there is nothing to show. */
    public static boolean hasSlice(Bytes accessUnit) {
        for (NalUnits units = new NalUnits(accessUnit); units.next(); ) {
            if (NalType.isSlice(units.type())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the access unit is an instantaneous decoding refresh picture. */
    public static boolean hasIdr(Bytes accessUnit) {
        for (NalUnits units = new NalUnits(accessUnit); units.next(); ) {
            if (NalType.isSlice(units.type())) {
                // All slices of a primary coded picture are IDR slices or none is (§7.4.1.2.4).
                return units.type() == NalType.IDR_SLICE;
            }
        }
        return false;
    }

    /**
     * The {@code recovery_frame_cnt} of the recovery point SEI message (§D.1.8): after so many frames a decoder that
     * starts here shows right pictures; empty where the access unit is no recovery point.
     */
    public static OptionalInt recoveryFrames(Bytes accessUnit) {
        for (NalUnits units = new NalUnits(accessUnit); units.next(); ) {
            if (units.type() == NalType.SEI) {
                OptionalInt frames = SeiReader.recoveryFrames(units.unit());
                if (frames.isPresent()) {
                    return frames;
                }
            }
        }
        return OptionalInt.empty();
    }

    /** The access unit with 4-byte lengths; the same bytes, unread, where it has them already. */
    public static Bytes withFourByteLengths(Bytes accessUnit, int lengthSize) {
        if (lengthSize == LENGTH_SIZE) {
            return accessUnit;
        }
        if (lengthSize != 1 && lengthSize != 2) {
            throw malformed("NAL unit lengths of " + lengthSize + " bytes");
        }
        ByteWriter out = new ByteWriter(accessUnit.length() + 64);
        for (NalUnits units = new NalUnits(accessUnit, lengthSize); units.next(); ) {
            out.u32(units.length()).bytes(units.unit());
        }
        return out.bytes();
    }

    private long length(int at) {
        return switch (lengthSize) {
            case 1 -> accessUnit.u8(at);
            case 2 -> accessUnit.u16(at);
            default -> accessUnit.u32(at);
        };
    }

    private static ProtocolException malformed(String what) {
        return ProtocolException.malformed(Scope.MESSAGE, "avc access unit", what);
    }
}
