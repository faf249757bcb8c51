package lancaster.codec.avc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

class AvcPpsTest {
    @Test
    void readsWhatEncodersSend() {
        assertEquals(new AvcPps(0, 0, true, 1), AvcPps.parse(Hex.bytes("68ef8fcb")));
        assertEquals(new AvcPps(0, 0, false, 1), AvcPps.parse(Hex.bytes("68cb83cb20")));
    }

    @Test
    void seesSliceGroups() {
        // ue(0) ue(0) 0 0 ue(1)
        assertEquals(2, AvcPps.parse(Bytes.of(0x68, 0b1100_0100)).sliceGroups());
    }

    @Test
    void refusesWhatIsCutShort() {
        assertThrows(ProtocolException.class, () -> AvcPps.parse(Bytes.of(0x68)));
        assertThrows(ProtocolException.class, () -> AvcPps.parse(Bytes.of(0x68, 0, 0)));
    }
}
