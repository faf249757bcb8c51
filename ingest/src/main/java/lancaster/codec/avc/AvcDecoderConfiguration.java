package lancaster.codec.avc;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteReader;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.media.CodecConfig.AvcConfig;

/**
 * AVCDecoderConfigurationRecord, the content of {@code avcC} (ISO/IEC 14496-15 §5.3.3.1).
 *
 * @param nalLengthSize bytes of the length before each NAL unit: 1, 2 or 4
 * @param sps sequence parameter sets, at least one
 * @param pps picture parameter sets
 * @param extension what follows them: chroma format and bit depths in high profiles, often left out
 */
public record AvcDecoderConfiguration(
        int profileIdc,
        int constraintFlags,
        int levelIdc,
        int nalLengthSize,
        List<Bytes> sps,
        List<Bytes> pps,
        Bytes extension) {
    private static final String WHERE = "avcC";
    private static final int VERSION = 1;
    /** What the fields for counts and lengths hold. */
    private static final int MAX_SPS = 31;

    private static final int MAX_PPS = 255;
    private static final int MAX_UNIT_BYTES = 0xFFFF;

    public AvcDecoderConfiguration {
        sps = List.copyOf(sps);
        pps = List.copyOf(pps);
    }

    /** Parameter sets of length 0 are passed over; a record without any SPS describes nothing and is malformed. */
    public static AvcDecoderConfiguration parse(Bytes record) {
        ByteReader in = new ByteReader(record, WHERE);
        int version = in.u8();
        if (version != VERSION) {
            throw ProtocolException.unsupported(Scope.MESSAGE, WHERE, "version " + version);
        }
        int profileIdc = in.u8();
        int constraintFlags = in.u8();
        int levelIdc = in.u8();
        int nalLengthSize = (in.u8() & 3) + 1;
        if (nalLengthSize == 3) {
            throw in.malformed("NAL unit lengths of 3 bytes");
        }
        List<Bytes> sps = parameterSets(in, in.u8() & 0x1F, NalType.SPS);
        List<Bytes> pps = parameterSets(in, in.u8(), NalType.PPS);
        if (sps.isEmpty()) {
            throw in.malformed("no sequence parameter set");
        }
        return new AvcDecoderConfiguration(profileIdc, constraintFlags, levelIdc, nalLengthSize, sps, pps, in.rest());
    }

    public static AvcDecoderConfiguration of(AvcConfig config) {
        return parse(config.record());
    }

    /**
     * The record for these parameter sets, with 4-byte lengths; profile and level are those of the first SPS. Refuses
     * sets that the record has no room for.
     */
    public static AvcDecoderConfiguration of(List<Bytes> sps, List<Bytes> pps) {
        checkRoom(sps, MAX_SPS);
        checkRoom(pps, MAX_PPS);
        AvcSps first = AvcSps.parse(sps.get(0));
        Bytes extension =
                switch (first.profileIdc()) {
                    case 100, 110, 122, 144 ->
                        Bytes.of(
                                0xFC | first.chromaFormatIdc(),
                                0xF8 | first.bitDepthLuma() - 8,
                                0xF8 | first.bitDepthChroma() - 8,
                                0);
                    default -> Bytes.EMPTY;
                };
        return new AvcDecoderConfiguration(
                first.profileIdc(),
                first.constraintFlags(),
                first.levelIdc(),
                NalUnits.LENGTH_SIZE,
                sps,
                pps,
                extension);
    }

    /** The same decoder behind access units whose NAL units have 4-byte lengths. */
    public AvcDecoderConfiguration withFourByteLengths() {
        return nalLengthSize == NalUnits.LENGTH_SIZE
                ? this
                : new AvcDecoderConfiguration(
                        profileIdc, constraintFlags, levelIdc, NalUnits.LENGTH_SIZE, sps, pps, extension);
    }

    /** The first SPS, parsed. */
    public AvcSps firstSps() {
        return AvcSps.parse(sps.get(0));
    }

    public AvcConfig toConfig() {
        return new AvcConfig(write());
    }

    public Bytes write() {
        ByteWriter out = new ByteWriter()
                .u8(VERSION)
                .u8(profileIdc)
                .u8(constraintFlags)
                .u8(levelIdc)
                .u8(0xFC | nalLengthSize - 1);
        out.u8(0xE0 | sps.size());
        sps.forEach(unit -> out.u16(unit.length()).bytes(unit));
        out.u8(pps.size());
        pps.forEach(unit -> out.u16(unit.length()).bytes(unit));
        return out.bytes(extension).bytes();
    }

    private static void checkRoom(List<Bytes> units, int limit) {
        if (units.size() > limit || units.stream().anyMatch(unit -> unit.length() > MAX_UNIT_BYTES)) {
            throw ProtocolException.limit(Scope.MESSAGE, WHERE, "parameter sets beyond the fields of the record");
        }
    }

    private static List<Bytes> parameterSets(ByteReader in, int count, int type) {
        List<Bytes> units = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Bytes unit = in.bytes(in.u16());
            if (unit.isEmpty()) {
                continue;
            }
            if (NalType.of(unit.get(0)) != type) {
                throw in.malformed("a NAL unit of type " + NalType.of(unit.get(0)) + " in place of type " + type);
            }
            units.add(unit);
        }
        return units;
    }
}
