package lancaster.codec.avc;

/** {@code nal_unit_type} (§7.4.1, Table 7-1), as far as anything here asks for it. */
public final class NalType {
    public static final int SLICE = 1;
    public static final int IDR_SLICE = 5;
    public static final int SEI = 6;
    public static final int SPS = 7;
    public static final int PPS = 8;
    public static final int ACCESS_UNIT_DELIMITER = 9;

    private NalType() {}

    /** The type of a NAL unit that begins with {@code firstByte}. */
    public static int of(int firstByte) {
        return firstByte & 0x1F;
    }

    /** Whether a NAL unit of this type holds a slice of a picture, in whole or as a data partition. */
    public static boolean isSlice(int type) {
        return type >= SLICE && type <= IDR_SLICE;
    }
}
