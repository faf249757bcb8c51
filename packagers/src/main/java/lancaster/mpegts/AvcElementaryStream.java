package lancaster.mpegts;

import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.NalType;
import lancaster.codec.avc.NalUnits;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AvcConfig;

/**
 * H.264 as a byte stream (§2.14.1): one access unit a PES packet, a delimiter before each, parameter sets before each
 * random access point that doesn't bring its own.
 */
final class AvcElementaryStream implements ElementaryStream {
    private static final byte[] START_CODE = {0, 0, 0, 1};
    /** primary_pic_type 7: any slice. */
    private static final byte[] DELIMITER = {0, 0, 0, 1, NalType.ACCESS_UNIT_DELIMITER, (byte) 0xF0};

    private final PesPacketizer packets;
    private final PcrInserter pcr;
    private final TsClock clock;
    private final PesHeader header = new PesHeader(PesHeader.VIDEO);
    private final Bytes parameterSets;

    AvcElementaryStream(AvcConfig config, PesPacketizer packets, PcrInserter pcr, TsClock clock) {
        this.packets = packets;
        this.pcr = pcr;
        this.clock = clock;
        this.parameterSets = parameterSets(AvcDecoderConfiguration.of(config));
    }

    private static Bytes parameterSets(AvcDecoderConfiguration config) {
        ByteWriter out = new ByteWriter();
        config.sps().forEach(unit -> out.bytes(START_CODE, 0, START_CODE.length).bytes(unit));
        config.pps().forEach(unit -> out.bytes(START_CODE, 0, START_CODE.length).bytes(unit));
        return out.bytes();
    }

    @Override
    public TsPid pid() {
        return packets.pid();
    }

    @Override
    public int streamType() {
        return Psi.H264;
    }

    @Override
    public void begin() {
        packets.restart();
    }

    @Override
    public void write(AccessUnit unit) {
        boolean addsParameterSets = unit.randomAccess();
        int length = DELIMITER.length;
        for (NalUnits units = new NalUnits(unit.payload()); units.next(); ) {
            int type = units.type();
            if (type != NalType.ACCESS_UNIT_DELIMITER) {
                length += START_CODE.length + units.length();
            }
            addsParameterSets &= type != NalType.SPS;
        }
        length += addsParameterSets ? parameterSets.length() : 0;
        int headerSize = header.fill(clock.timestamp(unit.pts90k()), clock.timestamp(unit.dts90k()), length);
        packets.begin(headerSize + length, pcr.before(packets.pid(), unit.dts90k(), unit.randomAccess()));
        packets.put(header.array(), 0, headerSize);
        packets.put(DELIMITER, 0, DELIMITER.length);
        if (addsParameterSets) {
            packets.put(parameterSets, 0, parameterSets.length());
        }
        for (NalUnits units = new NalUnits(unit.payload()); units.next(); ) {
            if (units.type() != NalType.ACCESS_UNIT_DELIMITER) {
                packets.put(START_CODE, 0, START_CODE.length);
                packets.put(unit.payload(), units.offset(), units.length());
            }
        }
    }

    @Override
    public void finish() {
        packets.finish();
    }
}
