package lancaster.flv;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.codec.avc.AnnexB;
import lancaster.codec.avc.NalType;
import lancaster.codec.avc.NalUnits;

/**
 * A video frame with 4-byte NAL unit lengths, and what its units say.
 *
 * @param reframed whether it came framed otherwise than announced
 * @param hasSlice whether there is a picture in it
 * @param idr whether that picture is an instantaneous decoding refresh
 * @param sps the sequence parameter sets within
 * @param pps the picture parameter sets within
 */
record AvcFrame(Bytes payload, boolean reframed, boolean hasSlice, boolean idr, List<Bytes> sps, List<Bytes> pps) {
    private static final Bytes START_CODE_3 = Bytes.of(0, 0, 1);
    private static final Bytes START_CODE_4 = Bytes.of(0, 0, 0, 1);

    /** Of each kind; further ones are beyond what a configuration holds. */
    private static final int MAX_PARAMETER_SETS = 256;

    /**
     * Reads a frame whose NAL units have lengths of {@code announcedLengthSize} bytes, as its configuration says. Some
     * encoders send 4-byte lengths whatever they announce, some start codes. 4-byte lengths are tried first: shorter
     * ones read as such are far too large, so they can't be mistaken for them.
     */
    static AvcFrame read(Bytes data, int announcedLengthSize) {
        ProtocolException asAnnounced;
        try {
            return scan(data, announcedLengthSize != NalUnits.LENGTH_SIZE && !data.isEmpty());
        } catch (ProtocolException notFourBytes) {
            asAnnounced = notFourBytes;
        }
        if (announcedLengthSize != NalUnits.LENGTH_SIZE) {
            try {
                return scan(NalUnits.withFourByteLengths(data, announcedLengthSize), false);
            } catch (ProtocolException notAnnounced) {
                asAnnounced = notAnnounced;
            }
        }
        if (data.startsWith(START_CODE_4) || data.startsWith(START_CODE_3)) {
            return scan(AnnexB.toLengthPrefixed(data), true);
        }
        throw asAnnounced;
    }

    private static AvcFrame scan(Bytes payload, boolean reframed) {
        List<Bytes> sps = new ArrayList<>(0);
        List<Bytes> pps = new ArrayList<>(0);
        boolean hasSlice = false;
        boolean idr = false;
        int bytes = 0;
        NalUnits units = new NalUnits(payload);
        while (units.next()) {
            int type = units.type();
            if (type == NalType.SPS && sps.size() < MAX_PARAMETER_SETS) {
                sps.add(units.unit());
            } else if (type == NalType.PPS && pps.size() < MAX_PARAMETER_SETS) {
                pps.add(units.unit());
            } else if (NalType.isSlice(type)) {
                hasSlice = true;
                idr |= type == NalType.IDR_SLICE;
            }
            bytes += NalUnits.LENGTH_SIZE + units.length();
        }
        boolean emptyUnits = bytes != payload.length();
        Bytes clean = emptyUnits ? withoutEmptyUnits(payload, bytes) : payload;
        return new AvcFrame(clean, reframed || emptyUnits, hasSlice, idr, sps, pps);
    }

    private static Bytes withoutEmptyUnits(Bytes payload, int bytes) {
        ByteWriter out = new ByteWriter(bytes);
        for (NalUnits units = new NalUnits(payload); units.next(); ) {
            out.u32(units.length()).bytes(units.unit());
        }
        return out.bytes();
    }
}
