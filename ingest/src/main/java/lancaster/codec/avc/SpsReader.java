package lancaster.codec.avc;

import java.util.OptionalDouble;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/** Reads a sequence parameter set in the order of §7.3.2.1.1; what is of no use here is read past. */
final class SpsReader {
    private static final String WHERE = "sps";
    /** Level 6.2, the highest, allows 1055 macroblocks a side (§A.3.1). */
    private static final int MAX_SIDE_MACROBLOCKS = 1055;
    /** seq_parameter_set_id; num_ref_frames_in_pic_order_cnt_cycle (§7.4.2.1.1). */
    private static final int MAX_ID = 31;

    private static final int MAX_REF_FRAMES_IN_CYCLE = 255;
    private static final int MAX_REF_FRAMES = 16;
    private static final int MAX_BIT_DEPTH_MINUS8 = 6;
    private static final int MAX_LOG2_MINUS4 = 12;
    private static final int CHROMA_444 = 3;
    private static final int EXTENDED_SAR = 255;

    /** Sample aspect ratios by aspect_ratio_idc from 1 on (Table E-1). */
    private static final int[][] SAMPLE_ASPECT_RATIOS = {
        {1, 1}, {12, 11}, {10, 11}, {16, 11}, {40, 33}, {24, 11}, {20, 11}, {32, 11},
        {80, 33}, {18, 11}, {15, 11}, {64, 33}, {160, 99}, {4, 3}, {3, 2}, {2, 1}
    };

    private final RbspReader in;
    private int chromaFormatIdc = 1;
    private boolean separateColourPlanes;
    private int bitDepthLuma = 8;
    private int bitDepthChroma = 8;
    private int width;
    private int height;
    private int sarWidth = 1;
    private int sarHeight = 1;
    private OptionalDouble frameRate = OptionalDouble.empty();

    private SpsReader(RbspReader in) {
        this.in = in;
    }

    static AvcSps read(Bytes unit) {
        if (unit.isEmpty() || NalType.of(unit.get(0)) != NalType.SPS) {
            throw malformed("not a sequence parameter set");
        }
        Bytes rbsp = RbspReader.withoutEmulationPrevention(unit.slice(1));
        return new SpsReader(new RbspReader(rbsp, WHERE)).read();
    }

    private AvcSps read() {
        int profileIdc = in.u(8);
        int constraintFlags = in.u(8);
        int levelIdc = in.u(8);
        in.ue(MAX_ID);
        if (hasChromaInfo(profileIdc)) {
            chromaInfo();
        }
        int frameNumBits = 4 + (int) in.ue(MAX_LOG2_MINUS4);
        pictureOrderCount();
        in.ue(MAX_REF_FRAMES);
        in.flag();
        boolean interlaced = size();
        if (in.flag()) {
            usability();
        }
        return new AvcSps(
                profileIdc,
                constraintFlags,
                levelIdc,
                chromaFormatIdc,
                bitDepthLuma,
                bitDepthChroma,
                width,
                height,
                sarWidth,
                sarHeight,
                separateColourPlanes,
                frameNumBits,
                interlaced,
                frameRate);
    }

    private static boolean hasChromaInfo(int profileIdc) {
        return switch (profileIdc) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private void chromaInfo() {
        chromaFormatIdc = (int) in.ue(CHROMA_444);
        if (chromaFormatIdc == CHROMA_444) {
            separateColourPlanes = in.flag();
        }
        bitDepthLuma = 8 + (int) in.ue(MAX_BIT_DEPTH_MINUS8);
        bitDepthChroma = 8 + (int) in.ue(MAX_BIT_DEPTH_MINUS8);
        in.flag();
        if (in.flag()) {
            int lists = chromaFormatIdc == CHROMA_444 ? 12 : 8;
            for (int i = 0; i < lists; i++) {
                if (in.flag()) {
                    skipScalingList(i < 6 ? 16 : 64);
                }
            }
        }
    }

    /** §7.3.2.1.1.1: deltas follow until the next scale is 0. */
    private void skipScalingList(int size) {
        int scale = 8;
        for (int i = 0; i < size; i++) {
            scale = scale + in.se() & 0xFF;
            if (scale == 0) {
                return;
            }
        }
    }

    private void pictureOrderCount() {
        int type = (int) in.ue(2);
        if (type == 0) {
            in.ue(MAX_LOG2_MINUS4);
        } else if (type == 1) {
            in.flag();
            in.se();
            in.se();
            long cycle = in.ue(MAX_REF_FRAMES_IN_CYCLE);
            for (long i = 0; i < cycle; i++) {
                in.se();
            }
        }
    }

    private boolean size() {
        int widthMacroblocks = 1 + (int) in.ue(MAX_SIDE_MACROBLOCKS - 1);
        int heightMapUnits = 1 + (int) in.ue(MAX_SIDE_MACROBLOCKS - 1);
        boolean framesOnly = in.flag();
        if (!framesOnly) {
            in.flag();
        }
        in.flag();
        int fieldsPerMapUnit = framesOnly ? 1 : 2;
        width = widthMacroblocks * 16;
        height = heightMapUnits * 16 * fieldsPerMapUnit;
        if (in.flag()) {
            // Crop units are chroma samples, and lines of both fields (§7.4.2.1.1, equations 7-19 to 7-22).
            boolean chroma = chromaFormatIdc != 0 && !separateColourPlanes;
            int unitX = chroma && chromaFormatIdc < CHROMA_444 ? 2 : 1;
            int unitY = (chroma && chromaFormatIdc == 1 ? 2 : 1) * fieldsPerMapUnit;
            width -= unitX * cropped(width) + unitX * cropped(width);
            height -= unitY * cropped(height) + unitY * cropped(height);
        }
        if (width <= 0 || height <= 0) {
            throw malformed("cropping leaves " + width + "x" + height);
        }
        return !framesOnly;
    }

    private int cropped(int side) {
        return (int) in.ue(side);
    }

    /** VUI parameters up to the timing (§E.1.1). */
    private void usability() {
        if (in.flag()) {
            sampleAspectRatio(in.u(8));
        }
        if (in.flag()) {
            in.flag();
        }
        if (in.flag()) {
            in.u(4);
            if (in.flag()) {
                in.u(24);
            }
        }
        if (in.flag()) {
            in.ue(5);
            in.ue(5);
        }
        if (in.flag()) {
            long unitsInTick = in.u32();
            long timeScale = in.u32();
            boolean fixed = in.flag();
            if (fixed && unitsInTick > 0 && timeScale > 0) {
                // A tick is a field (§E.2.1).
                frameRate = OptionalDouble.of((double) timeScale / unitsInTick / 2);
            }
        }
    }

    private void sampleAspectRatio(int idc) {
        int ratioWidth = 0;
        int ratioHeight = 0;
        if (idc == EXTENDED_SAR) {
            ratioWidth = in.u(16);
            ratioHeight = in.u(16);
        } else if (idc > 0 && idc <= SAMPLE_ASPECT_RATIOS.length) {
            ratioWidth = SAMPLE_ASPECT_RATIOS[idc - 1][0];
            ratioHeight = SAMPLE_ASPECT_RATIOS[idc - 1][1];
        }
        if (ratioWidth > 0 && ratioHeight > 0) {
            sarWidth = ratioWidth;
            sarHeight = ratioHeight;
        }
    }

    private static ProtocolException malformed(String what) {
        return ProtocolException.malformed(Scope.MESSAGE, WHERE, what);
    }
}
