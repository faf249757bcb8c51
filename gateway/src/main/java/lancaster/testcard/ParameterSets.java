package lancaster.testcard;

import java.nio.ByteBuffer;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.codec.avc.AvcDecoderConfiguration;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.io.model.NALUnit;
import org.jcodec.codecs.h264.io.model.NALUnitType;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.VUIParameters;
import org.jcodec.common.model.ColorSpace;

/** Sequence and picture parameter set of the test card (ITU-T H.264 §7.3.2.1, §7.3.2.2). */
final class ParameterSets {
    static final int INIT_QP = 26;
    static final int MAX_FRAME_NUM = 256;

    private static final int BASELINE = 66;
    private static final int LEVEL_3 = 30;
    private static final int POC_IN_DECODING_ORDER = 2;
    private static final int BT_709 = 1;
    private static final int FORMAT_UNSPECIFIED = 5;

    private final SeqParameterSet sps = new SeqParameterSet();
    private final PictureParameterSet pps = new PictureParameterSet();

    /** Width and height are multiples of 16. */
    ParameterSets(int width, int height, int framesPerSecond) {
        sps.profileIdc = BASELINE;
        sps.constraintSet0Flag = true;
        sps.constraintSet1Flag = true;
        sps.levelIdc = LEVEL_3;
        sps.chromaFormatIdc = ColorSpace.YUV420J;
        sps.log2MaxFrameNumMinus4 = Integer.numberOfTrailingZeros(MAX_FRAME_NUM) - 4;
        sps.picOrderCntType = POC_IN_DECODING_ORDER;
        sps.numRefFrames = 1;
        sps.picWidthInMbsMinus1 = width / 16 - 1;
        sps.picHeightInMapUnitsMinus1 = height / 16 - 1;
        sps.frameMbsOnlyFlag = true;
        sps.direct8x8InferenceFlag = true;
        sps.vuiParams = usability(framesPerSecond);
        pps.picInitQpMinus26 = INIT_QP - 26;
    }

    private static VUIParameters usability(int framesPerSecond) {
        VUIParameters vui = new VUIParameters();
        vui.videoSignalTypePresentFlag = true;
        vui.videoFormat = FORMAT_UNSPECIFIED;
        vui.colourDescriptionPresentFlag = true;
        vui.colourPrimaries = BT_709;
        vui.transferCharacteristics = BT_709;
        vui.matrixCoefficients = BT_709;
        // §E.2.1: a tick is a field, two make a frame.
        vui.timingInfoPresentFlag = true;
        vui.numUnitsInTick = 1;
        vui.timeScale = 2 * framesPerSecond;
        vui.fixedFrameRateFlag = true;
        // No picture waits for another: players may show each at once.
        vui.bitstreamRestriction = new VUIParameters.BitstreamRestriction();
        vui.bitstreamRestriction.motionVectorsOverPicBoundariesFlag = true;
        vui.bitstreamRestriction.log2MaxMvLengthHorizontal = 16;
        vui.bitstreamRestriction.log2MaxMvLengthVertical = 16;
        vui.bitstreamRestriction.maxDecFrameBuffering = 1;
        return vui;
    }

    SeqParameterSet sps() {
        return sps;
    }

    PictureParameterSet pps() {
        return pps;
    }

    /** The {@code avcC} of these sets. */
    Bytes configuration() {
        ByteBuffer raw = ByteBuffer.allocate(256);
        sps.write(raw);
        Bytes spsUnit = unit(NALUnitType.SPS, raw.flip());
        raw.clear();
        pps.write(raw);
        Bytes ppsUnit = unit(NALUnitType.PPS, raw.flip());
        return AvcDecoderConfiguration.of(List.of(spsUnit), List.of(ppsUnit)).write();
    }

    private static Bytes unit(NALUnitType type, ByteBuffer raw) {
        ByteBuffer out = ByteBuffer.allocate(2 * raw.remaining() + 1);
        new NALUnit(type, 3).write(out);
        H264Utils.escapeNAL(raw, out);
        return Bytes.copyOf(out.flip());
    }
}
