package lancaster.mpegts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

class PsiTest {
    /** A PAT as every receiver knows it: program 1 at PID 0x1000. */
    @Test
    void associatesTheOneProgram() {
        assertTrue(Psi.pat().startsWith(Hex.bytes("00 00b00d 0001 c1 0000 0001f000 2ab104b2 ff")));
        assertEquals(184, Psi.pat().length());
    }

    @Test
    void mapsStreamsUnderAVersion() {
        List<Psi.Stream> streams = List.of(new Psi.Stream(Psi.H264, 0x100), new Psi.Stream(Psi.AAC_ADTS, 0x101));
        assertTrue(Psi.pmt(0, 0x100, streams)
                .startsWith(Hex.bytes("00 02b017 0001 c1 0000 e100 f000 1be100f000 0fe101f000 2f44b99b ff")));
        assertEquals(0xC1 | 5 << 1, Psi.pmt(32 + 5, 0x100, streams).u8(6));
    }

    @Test
    void refusesMoreStreamsThanAPacketHolds() {
        List<Psi.Stream> many = Collections.nCopies(34, new Psi.Stream(Psi.AAC_ADTS, 0x110));
        assertThrows(IllegalArgumentException.class, () -> Psi.pmt(0, 0x100, many));
    }
}
