package lancaster.flv;

import static lancaster.flv.Samples.AUD;
import static lancaster.flv.Samples.AVCC;
import static lancaster.flv.Samples.IDR;
import static lancaster.flv.Samples.PPS;
import static lancaster.flv.Samples.SPS;
import static lancaster.flv.Samples.avcC;
import static lancaster.flv.Samples.keyFrame;
import static lancaster.flv.Samples.nals;
import static lancaster.flv.Samples.videoHeader;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import org.junit.jupiter.api.Test;

/** NAL units framed as real encoders frame them. Numbers are issues and pull requests of MediaMTX where no other project is named. */
class NalUnitLengthQuirksTest {
    private final FakeEncoder encoder = new FakeEncoder();

    @Test
    void ofTwoBytesBecomeFour() {
        encoder.video(0, videoHeader(avcC(2, SPS, PPS)));
        encoder.video(0, Bytes.concat(Hex.bytes("1701000000 0007"), IDR));
        assertEquals(List.of(AVCC), encoder.records());
        assertEquals(nals(IDR), encoder.accessUnits().get(0).payload());
        assertEquals(0, encoder.faults().total());
    }

    @Test
    void ofOneByteBecomeFour() {
        encoder.video(0, videoHeader(avcC(1, SPS, PPS)));
        encoder.video(0, Bytes.concat(Hex.bytes("1701000000 02"), AUD, Hex.bytes("07"), IDR));
        assertEquals(nals(AUD, IDR), encoder.accessUnits().get(0).payload());
    }

    @Test
    void areFourWhateverTheConfigurationSays() {
        Bytes large = Bytes.concat(IDR, Bytes.wrap(new byte[70_000]));
        for (int announced : new int[] {1, 2}) {
            encoder.video(0, videoHeader(avcC(announced, SPS, PPS)));
            encoder.video(0, keyFrame(large));
            List<AccessUnit> units = encoder.accessUnits();
            assertEquals(nals(large), units.get(units.size() - 1).payload());
        }
        assertEquals(2, encoder.faults().count(FlvFault.NAL_FRAMING));
        assertEquals(1, encoder.configurations().size());
    }

    @Test
    void areStartCodes() {
        encoder.video(0, videoHeader(AVCC));
        encoder.video(0, Bytes.concat(Hex.bytes("1701000000 00000001"), AUD, Hex.bytes("000001"), IDR));
        assertEquals(nals(AUD, IDR), encoder.accessUnits().get(0).payload());
        assertEquals(1, encoder.faults().count(FlvFault.NAL_FRAMING));
    }

    @Test
    void areZeroBetweenUnits() {
        encoder.video(0, videoHeader(AVCC));
        encoder.video(0, keyFrame(Bytes.EMPTY, IDR, Bytes.EMPTY));
        assertEquals(nals(IDR), encoder.accessUnits().get(0).payload());
    }
}
