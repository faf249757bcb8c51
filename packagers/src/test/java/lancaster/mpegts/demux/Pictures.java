package lancaster.mpegts.demux;

import lancaster.codec.avc.NalType;
import lancaster.codec.avc.NalUnits;
import lancaster.media.AccessUnit;

/** What tests need to know of pictures. */
final class Pictures {
    private Pictures() {}

    /** Whether others may be predicted from it. */
    static boolean isReference(AccessUnit unit) {
        for (NalUnits units = new NalUnits(unit.payload()); units.next(); ) {
            if (NalType.isSlice(units.type())) {
                return (units.unit().u8(0) & 0x60) != 0;
            }
        }
        return false;
    }
}
