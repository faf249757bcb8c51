package lancaster.codec.avc;

import java.util.OptionalDouble;
import lancaster.bytes.Bytes;

/**
 * What a sequence parameter set (§7.3.2.1.1) says about the picture.
 *
 * @param constraintFlags the byte of constraint_set flags between profile_idc and level_idc
 * @param chromaFormatIdc 1 for 4:2:0 (Table 6-1)
 * @param width luma samples after cropping
 * @param height luma samples of a frame after cropping
 * @param sarWidth sample aspect ratio, with {@code sarHeight}; 1:1 where it is not given
 * @param separateColourPlanes whether each slice says which colour it is of
 * @param frameNumBits how many bits frame_num has in slice headers
 * @param interlaced whether pictures may be fields
 * @param frameRate frames a second where the encoder promises a fixed rate (§E.2.1), else empty
 */
public record AvcSps(
        int profileIdc,
        int constraintFlags,
        int levelIdc,
        int chromaFormatIdc,
        int bitDepthLuma,
        int bitDepthChroma,
        int width,
        int height,
        int sarWidth,
        int sarHeight,
        boolean separateColourPlanes,
        int frameNumBits,
        boolean interlaced,
        OptionalDouble frameRate) {

    /** Parses an SPS NAL unit, header byte included; anything wrong with it is malformed input of scope MESSAGE. */
    public static AvcSps parse(Bytes sps) {
        return SpsReader.read(sps);
    }

    /** The width at which the picture is shown with square samples. */
    public int displayWidth() {
        return (int) Math.round((double) width * sarWidth / sarHeight);
    }
}
