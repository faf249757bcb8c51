package lancaster.picture;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.AvcPps;
import lancaster.codec.avc.AvcSps;
import lancaster.codec.avc.NalType;
import lancaster.codec.avc.NalUnits;
import lancaster.codec.avc.SliceHeader;
import org.jcodec.codecs.h264.H264Decoder;
import org.jcodec.codecs.h264.decode.DeblockerInput;
import org.jcodec.codecs.h264.decode.SliceDecoder;
import org.jcodec.codecs.h264.decode.SliceReader;
import org.jcodec.codecs.h264.decode.deblock.DeblockingFilter;
import org.jcodec.codecs.h264.io.model.Frame;
import org.jcodec.common.IntObjectMap;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/**
 * Decodes key frames of H.264 by the parts of jcodec's decoder; its whole would start threads for each stream and never
 * end them. It takes what most encoders send: frames, not fields, of 8 bits in 4:2:0.
 */
final class KeyFrameDecoder {
    /** Larger pictures would take seconds and hundreds of megabytes. */
    private static final int MAX_SAMPLES = 4096 * 2304;

    private static final int CHROMA_420 = 1;
    private static final int BITS = 8;
    private static final int MACROBLOCK = 16;

    private KeyFrameDecoder() {}

    /**
     * The picture, cropped as the stream says.
     *
     * @throws UndecodableException if this decoder can't read it; says why
     */
    static Picture decode(KeyFrame frame) throws UndecodableException {
        try {
            AvcDecoderConfiguration configuration = AvcDecoderConfiguration.of(frame.config());
            AvcSps sps = configuration.firstSps();
            check(sps);
            check(configuration.pps());
            check(frame.nalUnits(), sps);
            return crop(decode(configuration, frame.nalUnits()), sps);
        } catch (ProtocolException e) {
            throw new UndecodableException("its parameter sets can't be read: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // jcodec answers what it doesn't know with whatever breaks first.
            throw new UndecodableException("the decoder of this gateway can't read this H.264");
        }
    }

    private static void check(AvcSps sps) throws UndecodableException {
        if (sps.interlaced()) {
            throw new UndecodableException("it is interlaced, which the decoder of this gateway can't read");
        }
        if (sps.chromaFormatIdc() != CHROMA_420 || sps.bitDepthLuma() != BITS || sps.bitDepthChroma() != BITS) {
            throw new UndecodableException(
                    "it isn't of 8 bits in 4:2:0, all that the decoder of this gateway can read");
        }
        if ((long) sps.width() * sps.height() > MAX_SAMPLES) {
            throw new UndecodableException("its pictures are larger than 4096×2304");
        }
    }

    private static void check(List<Bytes> pictureParameterSets) throws UndecodableException {
        for (Bytes set : pictureParameterSets) {
            if (AvcPps.parse(set).sliceGroups() > 1) {
                throw new UndecodableException("it has slice groups, which the decoder of this gateway can't read");
            }
        }
    }

    /**
     * Only what stands alone is handed to jcodec: lists of references it reads without a limit, for ever where they are
     * broken.
     */
    private static void check(Bytes nalUnits, AvcSps sps) throws UndecodableException {
        NalUnits unit = new NalUnits(nalUnits);
        while (unit.next()) {
            if (NalType.isSlice(unit.type())) {
                boolean alone = SliceHeader.parse(unit.unit(), sps)
                        .filter(header -> header.idr() && header.intra())
                        .isPresent();
                if (!alone) {
                    throw new UndecodableException("its key frames need other pictures");
                }
            }
        }
    }

    private static Frame decode(AvcDecoderConfiguration configuration, Bytes nalUnits) throws UndecodableException {
        SliceOpener opener = new SliceOpener();
        configuration.sps().forEach(opener::addSps);
        configuration.pps().forEach(opener::addPps);
        List<SliceReader> slices = new ArrayList<>();
        NalUnits unit = new NalUnits(nalUnits);
        while (unit.next()) {
            if (NalType.isSlice(unit.type())) {
                slices.add(opener.open(unit.unit()));
            }
        }
        if (slices.isEmpty()) {
            throw new UndecodableException("its key frame has no slices");
        }
        var first = slices.get(0).getSliceHeader();
        DeblockerInput deblocking = new DeblockerInput(first.sps);
        int mbWidth = first.sps.picWidthInMbsMinus1 + 1;
        int mbHeight = first.sps.picHeightInMapUnitsMinus1 + 1;
        byte[][] samples = Picture.create(mbWidth * MACROBLOCK, mbHeight * MACROBLOCK, ColorSpace.YUV420J)
                .getData();
        Frame frame = H264Decoder.createFrame(
                first.sps, samples, first.frameNum, first.sliceType, deblocking.mvs, deblocking.refsUsed, 0);
        for (SliceReader slice : slices) {
            // No references: a slice that needs one fails.
            new SliceDecoder(first.sps, new Frame[0], new IntObjectMap<>(), deblocking, frame).decodeFromReader(slice);
        }
        new DeblockingFilter(mbWidth, BITS, deblocking).deblockFrame(frame);
        return frame;
    }

    private static Picture crop(Frame frame, AvcSps sps) {
        Picture cropped = frame.getCrop() == null ? frame : frame.cropped();
        // What counts is inside the picture that was decoded.
        return cropped.getWidth() >= sps.width() && cropped.getHeight() >= sps.height() ? cropped : frame;
    }
}
