package lancaster.codec.avc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

class AvcSpsTest {
    static final String HD_30 = "67640028acd940780227e5c044000003000400000300f03c60c658";

    @Test
    void readsAnOrdinarySpsOfX264() {
        AvcSps sps = parse(HD_30);
        assertEquals(new AvcSps(100, 0, 40, 1, 8, 8, 1920, 1080, 1, 1, false, 4, false, OptionalDouble.empty()), sps);
    }

    @Test
    void readsAspectRatiosFromTheTableAndSpelledOut() {
        AvcSps anamorphic = parse("674d401eeca05a09360820000003002000000641e2c5b2c0");
        assertEquals("720x576 16:11", size(anamorphic));
        assertEquals(1047, anamorphic.displayWidth());
        assertEquals("640x480 13:17", size(parse("6764001eacd940a03dbff000d00111000003000100000300320f162d96")));
    }

    @Test
    void cropsInterlacedPicturesByFieldLines() {
        AvcSps sps = parse("67640028acd94078044fde0220000003002000000653e2c5b2c0");
        assertEquals("1920x1080 1:1", size(sps));
        assertEquals(true, sps.interlaced());
        assertEquals(OptionalDouble.of(25), sps.frameRate());
    }

    @Test
    void readsProfilesWithoutChromaInfo() {
        AvcSps sps = parse("6742c01ed900a02ff9701100000303e90000ea600f162e48");
        assertEquals("640x360 1:1", size(sps));
        assertEquals(0xC0, sps.constraintFlags());
    }

    @Test
    void knowsTheFrameRateWhereTheEncoderPromisesOne() {
        AvcSps sps = parse("6764001facd9405005bb011000003e90000ea608f1831960");
        assertEquals(30_000.0 / 1001, sps.frameRate().getAsDouble(), 1e-9);
        assertEquals("1280x720 1:1", size(sps));
    }

    @Test
    void cropsByTheChromaFormat() {
        AvcSps full = parse("67f4000d919b282a33c7c5e022000003000200000300641e28532c");
        assertEquals("322x182 1:1", size(full));
        assertEquals(3, full.chromaFormatIdc());
        AvcSps tenBit = parse("677a000db6cd941519e222f011000003000100000300320f142996");
        assertEquals("322x182 1:1", size(tenBit));
        assertEquals(2, tenBit.chromaFormatIdc());
        assertEquals(10, tenBit.bitDepthLuma());
    }

    @Test
    void refusesWhatIsCutShort() {
        Bytes sps = Hex.bytes(HD_30);
        for (int length = 0; length < 20; length++) {
            Bytes cut = sps.slice(0, length);
            assertThrows(ProtocolException.class, () -> AvcSps.parse(cut), cut::toString);
        }
    }

    private static AvcSps parse(String hex) {
        return AvcSps.parse(Hex.bytes(hex));
    }

    private static String size(AvcSps sps) {
        return sps.width() + "x" + sps.height() + " " + sps.sarWidth() + ":" + sps.sarHeight();
    }
}
