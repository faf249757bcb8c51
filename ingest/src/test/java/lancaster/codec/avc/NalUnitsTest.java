package lancaster.codec.avc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

class NalUnitsTest {
    @Test
    void walksOverTheUnitsAndPassesOverEmptyOnes() {
        Bytes accessUnit = Hex.bytes("00000002 09f0 00000000 00000003 658884 00000001 0c 00000000");
        assertEquals(List.of("9@4+2", "5@14+3", "12@21+1"), list(accessUnit));
        assertEquals(List.of(), list(Bytes.EMPTY));
        assertEquals(List.of(), list(Hex.bytes("00000000")));
    }

    @Test
    void refusesLengthsThatReachPastTheEnd() {
        for (String hex : List.of("000000", "00000002 65", "ffffffff 65", "00000001 65 00")) {
            assertThrows(ProtocolException.class, () -> list(Hex.bytes(hex)), hex);
        }
    }

    @Test
    void knowsPicturesAndDecodingRefreshes() {
        Bytes idr = Hex.bytes("00000002 09f0 00000003 658884");
        Bytes slice = Hex.bytes("00000003 419a24");
        Bytes parametersOnly = Hex.bytes("00000002 6742 00000002 68ef");
        assertEquals(true, NalUnits.hasIdr(idr));
        assertEquals(false, NalUnits.hasIdr(slice));
        assertEquals(true, NalUnits.hasSlice(slice));
        assertEquals(false, NalUnits.hasSlice(parametersOnly));
        assertEquals(false, NalUnits.hasIdr(parametersOnly));
    }

    @Test
    void findsRecoveryPointsAmongSeiMessages() {
        // buffering period of 2 bytes, then a recovery point with recovery_frame_cnt 0: 1 0 0 00 1....
        assertEquals(OptionalInt.of(0), NalUnits.recoveryFrames(Hex.bytes("00000009 06 0002aabb 060184 80")));
        assertEquals(OptionalInt.of(9), NalUnits.recoveryFrames(Hex.bytes("00000006 06 0602 1480 80")));
        assertEquals(OptionalInt.empty(), NalUnits.recoveryFrames(Hex.bytes("00000005 06 0002aabb")));
        assertEquals(OptionalInt.empty(), NalUnits.recoveryFrames(Hex.bytes("00000004 06 05ff10")));
        assertEquals(OptionalInt.empty(), NalUnits.recoveryFrames(Hex.bytes("00000003 419a24")));
    }

    @Test
    void widensLengthFields() {
        Bytes wide = Hex.bytes("00000002 09f0 00000003 658884");
        assertEquals(wide, NalUnits.withFourByteLengths(Hex.bytes("0002 09f0 0003 658884"), 2));
        assertEquals(wide, NalUnits.withFourByteLengths(Hex.bytes("02 09f0 03 658884"), 1));
        assertSame(wide, NalUnits.withFourByteLengths(wide, 4));
    }

    @Test
    void goesToStartCodesAndBack() {
        Bytes prefixed = Hex.bytes("00000002 09f0 00000003 658884");
        Bytes byteStream = Hex.bytes("00000001 09f0 00000001 658884");
        assertEquals(byteStream, AnnexB.fromLengthPrefixed(prefixed));
        assertEquals(prefixed, AnnexB.toLengthPrefixed(byteStream));
        assertEquals(prefixed, AnnexB.toLengthPrefixed(Hex.bytes("ff 000001 09f0 00 000001 658884 000000")));
        assertEquals(List.of(), AnnexB.nalUnits(Hex.bytes("000000")));
    }

    private static List<String> list(Bytes accessUnit) {
        List<String> found = new ArrayList<>();
        for (NalUnits units = new NalUnits(accessUnit); units.next(); ) {
            assertEquals(units.length(), units.unit().length());
            found.add(units.type() + "@" + units.offset() + "+" + units.length());
        }
        return found;
    }
}
