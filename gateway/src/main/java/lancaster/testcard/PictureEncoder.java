package lancaster.testcard;

import java.nio.ByteBuffer;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.encode.EncodedMB;
import org.jcodec.codecs.h264.encode.MBEncoderHelper;
import org.jcodec.codecs.h264.encode.MBEncoderI16x16;
import org.jcodec.codecs.h264.io.CAVLC;
import org.jcodec.codecs.h264.io.model.NALUnit;
import org.jcodec.codecs.h264.io.model.NALUnitType;
import org.jcodec.codecs.h264.io.model.RefPicMarkingIDR;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.codecs.h264.io.write.CAVLCWriter;
import org.jcodec.codecs.h264.io.write.SliceHeaderWriter;
import org.jcodec.common.io.BitWriter;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/**
 * H.264 for pictures that mostly stand still (Constrained Baseline, CAVLC, one slice): a macroblock that didn't change
 * is P_Skip, every other one Intra_16x16. jcodec codes the macroblocks; its own encoder codes all of them in every
 * picture, which costs thirty times as much. Section references are to ITU-T H.264.
 */
final class PictureEncoder {
    /**
     * Below 16 the deblocking filter leaves every sample as it is (§8.7.2.2: alpha is 0), so that what was coded is what
     * is predicted from.
     */
    private static final int QP = 15;

    /** Macroblock types of P slices begin with five inter types (table 7-13). */
    private static final int INTRA_IN_P = 5;
    /** Intra_16x16 with DC prediction and all coefficients coded (table 7-11). */
    private static final int I_16X16_DC_ALL_CODED = 1 + 2 + 2 * 4 + 12;

    private final ParameterSets sets;
    private final int mbWidth;
    private final int mbHeight;
    private final Canvas last;
    private final Picture reference;
    private final byte[][] leftColumn = {new byte[16], new byte[8], new byte[8]};
    private final byte[][] topLine;
    private final EncodedMB coded = new EncodedMB();
    private final ByteBuffer slice;
    private final ByteBuffer escaped;
    private int frameNum;
    private int idrPicId;

    PictureEncoder(int width, int height, int framesPerSecond) {
        sets = new ParameterSets(width, height, framesPerSecond);
        mbWidth = width / 16;
        mbHeight = height / 16;
        last = new Canvas(width, height);
        reference = Picture.create(width, height, ColorSpace.YUV420J);
        topLine = new byte[][] {new byte[width], new byte[width / 2], new byte[width / 2]};
        slice = ByteBuffer.allocate(width * height * 3);
        escaped = ByteBuffer.allocate(width * height * 4);
    }

    /** The {@code avcC} of all pictures. */
    Bytes configuration() {
        return sets.configuration();
    }

    /** The last picture as a decoder shows it. */
    Picture reference() {
        return reference;
    }

    /** Codes a picture; the first one must be an IDR picture. The answer is one NAL unit behind its length. */
    Bytes encode(Canvas canvas, boolean idr) {
        frameNum = idr ? 0 : (frameNum + 1) % ParameterSets.MAX_FRAME_NUM;
        slice.clear();
        BitWriter bits = new BitWriter(slice);
        SliceHeaderWriter.write(header(idr), idr, 3, bits);
        macroblocks(canvas, idr, bits);
        bits.write1Bit(1);
        bits.flush();
        slice.flip();
        last.copy(canvas);

        escaped.clear();
        new NALUnit(idr ? NALUnitType.IDR_SLICE : NALUnitType.NON_IDR_SLICE, 3).write(escaped);
        H264Utils.escapeNAL(slice, escaped);
        Bytes unit = Bytes.copyOf(escaped.flip());
        return new ByteWriter(4 + unit.length()).u32(unit.length()).bytes(unit).bytes();
    }

    private SliceHeader header(boolean idr) {
        SliceHeader header = new SliceHeader();
        header.sps = sets.sps();
        header.pps = sets.pps();
        header.sliceType = idr ? SliceType.I : SliceType.P;
        header.frameNum = frameNum;
        header.sliceQpDelta = QP - ParameterSets.INIT_QP;
        if (idr) {
            // §7.4.3: two IDR pictures in a row differ in idr_pic_id.
            header.idrPicId = idrPicId;
            idrPicId ^= 1;
            header.refPicMarkingIDR = new RefPicMarkingIDR(false, false);
        }
        return header;
    }

    private void macroblocks(Canvas canvas, boolean idr, BitWriter bits) {
        CAVLC[] cavlc = {
            new CAVLC(sets.sps(), sets.pps(), 2, 2),
            new CAVLC(sets.sps(), sets.pps(), 1, 1),
            new CAVLC(sets.sps(), sets.pps(), 1, 1)
        };
        MBEncoderI16x16 intra = new MBEncoderI16x16(cavlc, leftColumn, topLine);
        Picture picture = canvas.picture();
        int skipRun = 0;
        for (int mbY = 0; mbY < mbHeight; mbY++) {
            for (int mbX = 0; mbX < mbWidth; mbX++) {
                if (!idr && canvas.sameMacroblock(last, mbX, mbY)) {
                    skipRun++;
                    noCoefficients(cavlc, mbX, mbY);
                } else {
                    if (!idr) {
                        CAVLCWriter.writeUE(bits, skipRun);
                        skipRun = 0;
                    }
                    CAVLCWriter.writeUE(bits, (idr ? 0 : INTRA_IN_P) + I_16X16_DC_ALL_CODED);
                    intra.encodeMacroblock(picture, mbX, mbY, bits, coded, null, null, QP, 0);
                    MBEncoderHelper.putBlkPic(reference, coded.getPixels(), mbX << 4, mbY << 4);
                }
                keepPredictors(mbX, mbY);
            }
        }
        if (skipRun > 0) {
            CAVLCWriter.writeUE(bits, skipRun);
        }
    }

    /** §9.2.1: a skipped macroblock counts as one without coefficients in the context of its neighbours. */
    private static void noCoefficients(CAVLC[] cavlc, int mbX, int mbY) {
        for (int i = 0; i < 4; i++) {
            cavlc[0].setZeroCoeff((mbX << 2) + i, (mbY << 2) + i);
        }
        for (int i = 0; i < 2; i++) {
            cavlc[1].setZeroCoeff((mbX << 1) + i, (mbY << 1) + i);
            cavlc[2].setZeroCoeff((mbX << 1) + i, (mbY << 1) + i);
        }
    }

    /** What the macroblocks to the right and below are predicted from: the last column and line of this one. */
    private void keepPredictors(int mbX, int mbY) {
        for (int plane = 0; plane < 3; plane++) {
            int size = leftColumn[plane].length;
            int stride = reference.getPlaneWidth(plane);
            byte[] samples = reference.getPlaneData(plane);
            int lastLine = (mbY * size + size - 1) * stride + mbX * size;
            System.arraycopy(samples, lastLine, topLine[plane], mbX * size, size);
            int at = mbY * size * stride + mbX * size + size - 1;
            for (int i = 0; i < size; i++, at += stride) {
                leftColumn[plane][i] = samples[at];
            }
        }
    }
}
