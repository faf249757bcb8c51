package lancaster.codec.avc;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/** The byte stream format with start codes (annex B), and the way from and to length-prefixed NAL units. */
public final class AnnexB {
    private static final Bytes START_CODE = Bytes.of(0, 0, 0, 1);

    private AnnexB() {}

    /** The NAL units between the start codes, not copied. Bytes before the first start code belong to none. */
    public static List<Bytes> nalUnits(Bytes byteStream) {
        List<Bytes> units = new ArrayList<>();
        int begin = -1;
        int zeros = 0;
        for (int i = 0; i < byteStream.length(); i++) {
            byte value = byteStream.get(i);
            if (value == 1 && zeros >= 2) {
                add(units, byteStream, begin, i - zeros);
                begin = i + 1;
            }
            zeros = value == 0 ? zeros + 1 : 0;
        }
        add(units, byteStream, begin, byteStream.length() - zeros);
        return units;
    }

    /** Zeros before {@code end} belonged to the next start code or are trailing_zero_8bits. */
    private static void add(List<Bytes> units, Bytes byteStream, int begin, int end) {
        if (begin >= 0 && end > begin) {
            units.add(byteStream.slice(begin, end - begin));
        }
    }

    /** The same NAL units, each behind its 4-byte length. */
    public static Bytes toLengthPrefixed(Bytes byteStream) {
        ByteWriter out = new ByteWriter(byteStream.length() + 64);
        nalUnits(byteStream).forEach(unit -> out.u32(unit.length()).bytes(unit));
        return out.bytes();
    }

    /** The same NAL units, each behind a 4-byte start code. */
    public static Bytes fromLengthPrefixed(Bytes accessUnit) {
        ByteWriter out = new ByteWriter(accessUnit.length() + 64);
        for (NalUnits units = new NalUnits(accessUnit); units.next(); ) {
            out.bytes(START_CODE).bytes(units.unit());
        }
        return out.bytes();
    }
}
