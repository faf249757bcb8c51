package lancaster.codec.avc;

import java.util.OptionalInt;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;

/** Supplemental enhancement information (§7.3.2.3): which messages a NAL unit holds. */
final class SeiReader {
    private static final int RECOVERY_POINT = 6;
    /** Recovery points stand in front of any large message; so much of a NAL unit is looked at. */
    private static final int LIMIT_BYTES = 4096;

    private SeiReader() {}

    /** Broken messages are no reason to drop a picture: they count as no recovery point. */
    static OptionalInt recoveryFrames(Bytes unit) {
        try {
            return read(unit);
        } catch (ProtocolException e) {
            return OptionalInt.empty();
        }
    }

    private static OptionalInt read(Bytes unit) {
        Bytes payload = unit.slice(1, Math.min(unit.length() - 1, LIMIT_BYTES));
        ByteReader reader = new ByteReader(RbspReader.withoutEmulationPrevention(payload), "sei");
        // One byte more than nothing is left at the end: rbsp_trailing_bits.
        while (reader.remaining() > 1) {
            int type = codedNumber(reader);
            int size = codedNumber(reader);
            if (type == RECOVERY_POINT) {
                return OptionalInt.of((int) new RbspReader(reader.bytes(size), "recovery point").ue(0xFFFF));
            }
            reader.skip(size);
        }
        return OptionalInt.empty();
    }

    /** Type and size count up in bytes of 255 until a smaller one ends the number. */
    private static int codedNumber(ByteReader reader) {
        int number = 0;
        int last;
        do {
            last = reader.u8();
            number += last;
        } while (last == 0xFF);
        return number;
    }
}
