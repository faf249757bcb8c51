package lancaster.codec.avc;

import lancaster.bytes.Bytes;

/**
 * What the beginning of a picture parameter set (§7.3.2.2) says.
 *
 * @param cabac entropy_coding_mode_flag
 * @param sliceGroups how many slice groups there are; more than one is flexible macroblock ordering
 */
public record AvcPps(int id, int spsId, boolean cabac, int sliceGroups) {
    private static final int MAX_PPS_ID = 255;
    private static final int MAX_SPS_ID = 31;
    private static final int MAX_SLICE_GROUPS = 8;

    /** Parses a PPS NAL unit, header byte included; anything wrong with it is malformed input of scope MESSAGE. */
    public static AvcPps parse(Bytes pps) {
        RbspReader in = new RbspReader(RbspReader.withoutEmulationPrevention(pps.slice(1)), "pps");
        int id = (int) in.ue(MAX_PPS_ID);
        int spsId = (int) in.ue(MAX_SPS_ID);
        boolean cabac = in.flag();
        in.flag();
        return new AvcPps(id, spsId, cabac, 1 + (int) in.ue(MAX_SLICE_GROUPS - 1));
    }
}
