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
final class AvcPesPacket implements PesPacket {
    private static final byte[] START_CODE = {0, 0, 0, 1};
    /** primary_pic_type 7: any slice. */
    private static final Bytes DELIMITER =
            Bytes.wrap(new byte[] {0, 0, 0, 1, NalType.ACCESS_UNIT_DELIMITER, (byte) 0xF0});

    private final TsClock clock;
    private final Bytes parameterSets;
    /** What stands before the NAL units: the PES header, the delimiter, perhaps parameter sets. */
    private final PesHead head;

    private Bytes payload = Bytes.EMPTY;
    private NalUnits units = new NalUnits(Bytes.EMPTY);
    private int remaining;
    /** Of the NAL unit under the cursor, its start code included. */
    private int unitRead;

    private int unitLength;

    AvcPesPacket(AvcConfig config, TsClock clock) {
        this.clock = clock;
        this.parameterSets = parameterSets(AvcDecoderConfiguration.of(config));
        this.head = new PesHead(PesHeader.VIDEO, DELIMITER.length() + parameterSets.length());
    }

    private static Bytes parameterSets(AvcDecoderConfiguration config) {
        ByteWriter out = new ByteWriter();
        config.sps().forEach(unit -> out.bytes(START_CODE, 0, START_CODE.length).bytes(unit));
        config.pps().forEach(unit -> out.bytes(START_CODE, 0, START_CODE.length).bytes(unit));
        return out.bytes();
    }

    @Override
    public int streamType() {
        return Psi.H264;
    }

    @Override
    public int size(AccessUnit unit) {
        return PesHeader.size(unit.pts90k(), unit.dts90k()) + payloadLength(unit);
    }

    @Override
    public void begin(AccessUnit unit) {
        remaining = head.begin(clock.timestamp(unit.pts90k()), clock.timestamp(unit.dts90k()), payloadLength(unit));
        head.add(DELIMITER);
        if (needsParameterSets(unit)) {
            head.add(parameterSets);
        }
        payload = unit.payload();
        units = new NalUnits(payload);
        unitRead = 0;
        unitLength = 0;
    }

    @Override
    public int remaining() {
        return remaining;
    }

    @Override
    public void read(byte[] target, int at, int count) {
        for (int done = 0; done < count; ) {
            done += readPiece(target, at + done, count - done);
        }
        remaining -= count;
    }

    private int readPiece(byte[] target, int at, int wanted) {
        int ahead = head.read(target, at, wanted);
        if (ahead > 0) {
            return ahead;
        }
        if (unitRead == unitLength) {
            nextUnit();
        }
        int part;
        if (unitRead < START_CODE.length) {
            part = Math.min(wanted, START_CODE.length - unitRead);
            System.arraycopy(START_CODE, unitRead, target, at, part);
        } else {
            part = Math.min(wanted, unitLength - unitRead);
            payload.copyTo(units.offset() + unitRead - START_CODE.length, target, at, part);
        }
        unitRead += part;
        return part;
    }

    private void nextUnit() {
        do {
            if (!units.next()) {
                throw new IllegalStateException("read beyond the end of the access unit");
            }
        } while (units.type() == NalType.ACCESS_UNIT_DELIMITER);
        unitRead = 0;
        unitLength = START_CODE.length + units.length();
    }

    private int payloadLength(AccessUnit unit) {
        int length = DELIMITER.length();
        boolean bringsSets = !unit.randomAccess();
        for (NalUnits each = new NalUnits(unit.payload()); each.next(); ) {
            if (each.type() != NalType.ACCESS_UNIT_DELIMITER) {
                length += START_CODE.length + each.length();
            }
            bringsSets |= each.type() == NalType.SPS;
        }
        return length + (bringsSets ? 0 : parameterSets.length());
    }

    private static boolean needsParameterSets(AccessUnit unit) {
        if (!unit.randomAccess()) {
            return false;
        }
        for (NalUnits each = new NalUnits(unit.payload()); each.next(); ) {
            if (each.type() == NalType.SPS) {
                return false;
            }
        }
        return true;
    }
}
