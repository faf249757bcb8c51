package lancaster.codec.avc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

class AvcDecoderConfigurationTest {
    private static final String SPS = AvcSpsTest.HD_30;
    private static final String AVCC = "01640028ff e1001b" + SPS + "01 0004 68ef8fcb fdf8f800";

    @Test
    void keepsEveryByteOfARecord() {
        AvcDecoderConfiguration config = AvcDecoderConfiguration.parse(Hex.bytes(AVCC));
        assertEquals(4, config.nalLengthSize());
        assertEquals(List.of(Hex.bytes(SPS)), config.sps());
        assertEquals(List.of(Hex.bytes("68ef8fcb")), config.pps());
        assertEquals(1920, config.firstSps().width());
        assertEquals(Hex.bytes(AVCC), config.write());
        assertSame(config, config.withFourByteLengths());
    }

    @Test
    void widensLengths() {
        Bytes narrow = Hex.bytes(AVCC.replace("28ff", "28fd"));
        AvcDecoderConfiguration config = AvcDecoderConfiguration.parse(narrow);
        assertEquals(2, config.nalLengthSize());
        assertEquals(Hex.bytes(AVCC), config.withFourByteLengths().write());
    }

    @Test
    void isMadeOfParameterSets() {
        AvcDecoderConfiguration made =
                AvcDecoderConfiguration.of(List.of(Hex.bytes(SPS)), List.of(Hex.bytes("68ef8fcb")));
        assertEquals(Hex.bytes(AVCC), made.write());
    }

    @Test
    void isNotMadeOfMoreThanItHolds() {
        Bytes sps = Hex.bytes(SPS);
        Bytes large = Bytes.wrap(new byte[0x10000]);
        assertThrows(
                ProtocolException.class, () -> AvcDecoderConfiguration.of(Collections.nCopies(32, sps), List.of()));
        assertThrows(
                ProtocolException.class, () -> AvcDecoderConfiguration.of(List.of(sps), Collections.nCopies(256, sps)));
        assertThrows(ProtocolException.class, () -> AvcDecoderConfiguration.of(List.of(sps), List.of(large)));
    }

    @Test
    void passesOverEmptyParameterSetsButNeedsAnSps() {
        Bytes withEmptyPps = Hex.bytes("01640028ff e1001b" + SPS + "02 0000 0004 68ef8fcb");
        assertEquals(1, AvcDecoderConfiguration.parse(withEmptyPps).pps().size());
        refuses("01640028ff e0 00", "no sequence parameter set");
        refuses("01640028ff e1 0000 00", "no sequence parameter set");
    }

    @Test
    void refusesMalformedRecords() {
        refuses("", "needs 1 bytes");
        refuses("02640028ff", "version 2");
        refuses(AVCC.replace("28ff", "28fe"), "3 bytes");
        refuses("01640028ff e1ffff" + SPS, "needs 65535 bytes");
        refuses("01640028ff e10004 68ef8fcb 00", "type 8 in place of type 7");
    }

    private static void refuses(String hex, String reason) {
        ProtocolException e =
                assertThrows(ProtocolException.class, () -> AvcDecoderConfiguration.parse(Hex.bytes(hex)));
        assertEquals(true, e.getMessage().contains(reason), e.getMessage());
    }
}
