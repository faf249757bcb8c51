package lancaster.picture;

import java.nio.ByteBuffer;
import lancaster.bytes.Bytes;
import org.jcodec.codecs.common.biari.MDecoder;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.decode.SliceHeaderReader;
import org.jcodec.codecs.h264.decode.SliceReader;
import org.jcodec.codecs.h264.decode.aso.MapManager;
import org.jcodec.codecs.h264.decode.aso.Mapper;
import org.jcodec.codecs.h264.io.CABAC;
import org.jcodec.codecs.h264.io.CAVLC;
import org.jcodec.codecs.h264.io.model.NALUnit;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.common.IntObjectMap;
import org.jcodec.common.io.BitReader;

/** Opens slices for jcodec as its own frame reader does, but with an arithmetic decoder that ends. */
final class SliceOpener {
    private static final int CONTEXTS = 1024;
    private static final int INIT_QP = 26;

    private final IntObjectMap<SeqParameterSet> sequenceSets = new IntObjectMap<>();
    private final IntObjectMap<PictureParameterSet> pictureSets = new IntObjectMap<>();

    void addSps(Bytes unit) {
        SeqParameterSet set = SeqParameterSet.read(body(unit));
        sequenceSets.put(set.seqParameterSetId, set);
    }

    void addPps(Bytes unit) {
        PictureParameterSet set = PictureParameterSet.read(body(unit));
        pictureSets.put(set.picParameterSetId, set);
    }

    SliceReader open(Bytes unit) {
        ByteBuffer data = ByteBuffer.wrap(unit.toArray());
        NALUnit header = NALUnit.read(data);
        H264Utils.unescapeNAL(data);
        BitReader bits = BitReader.createBitReader(data);
        SliceHeader slice = SliceHeaderReader.readPart1(bits);
        PictureParameterSet pps = pictureSets.get(slice.picParameterSetId);
        SeqParameterSet sps = pps == null ? null : sequenceSets.get(pps.seqParameterSetId);
        if (pps == null || sps == null) {
            throw new IllegalStateException("a slice without its parameter sets");
        }
        slice.pps = pps;
        slice.sps = sps;
        SliceHeaderReader.readPart2(slice, header, sps, pps, bits);
        Mapper mapper = new MapManager(sps, pps).getMapper(slice);
        CAVLC[] lengths = {new CAVLC(sps, pps, 2, 2), new CAVLC(sps, pps, 1, 1), new CAVLC(sps, pps, 1, 1)};
        CABAC arithmetic = new CABAC(sps.picWidthInMbsMinus1 + 1);
        return new SliceReader(
                pps, arithmetic, lengths, decoder(slice, arithmetic, data, bits), bits, mapper, slice, header);
    }

    /** None for variable-length codes, which are read from the bits themselves. */
    @SuppressWarnings("NullAway") // jcodec wants null there.
    private static MDecoder decoder(SliceHeader slice, CABAC arithmetic, ByteBuffer data, BitReader bits) {
        if (!slice.pps.entropyCodingModeFlag) {
            return null;
        }
        bits.terminate();
        int[][] models = new int[2][CONTEXTS];
        int qp = slice.pps.picInitQpMinus26 + INIT_QP + slice.sliceQpDelta;
        arithmetic.initModels(models, slice.sliceType, slice.cabacInitIdc, qp);
        return new GuardedArithmeticDecoder(data, models);
    }

    private static ByteBuffer body(Bytes unit) {
        ByteBuffer body = ByteBuffer.wrap(unit.slice(1).toArray());
        H264Utils.unescapeNAL(body);
        return body;
    }
}
