package lancaster.flv;

import static lancaster.flv.Samples.ASC;
import static lancaster.flv.Samples.AUD;
import static lancaster.flv.Samples.AVCC;
import static lancaster.flv.Samples.IDR;
import static lancaster.flv.Samples.OTHER_AVCC;
import static lancaster.flv.Samples.OTHER_PPS;
import static lancaster.flv.Samples.OTHER_SPS;
import static lancaster.flv.Samples.PPS;
import static lancaster.flv.Samples.SPS;
import static lancaster.flv.Samples.audioHeader;
import static lancaster.flv.Samples.avcC;
import static lancaster.flv.Samples.interFrame;
import static lancaster.flv.Samples.keyFrame;
import static lancaster.flv.Samples.nals;
import static lancaster.flv.Samples.videoHeader;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.Test;

/** Decoder configurations as real encoders send them. Numbers are issues and pull requests of MediaMTX where no other project is named. */
class ConfigurationQuirksTest {
    private final FakeEncoder encoder = new FakeEncoder();

    /** 4116 Osmo Action 4, and encoders that repeat it before every key frame. */
    @Test
    void isRepeatedWithoutBeingNews() {
        for (int i = 0; i < 3; i++) {
            encoder.video(i * 1000L, videoHeader(AVCC));
            encoder.audio(i * 1000L, audioHeader(ASC));
            encoder.video(i * 1000L, keyFrame(IDR));
        }
        assertEquals(2, encoder.configurations().size());
        assertEquals(0, encoder.faults().total());
    }

    @Test
    void changesInTheStream() {
        encoder.video(0, videoHeader(AVCC));
        encoder.video(0, keyFrame(IDR));
        encoder.video(1000, videoHeader(OTHER_AVCC));
        encoder.video(1000, keyFrame(IDR));
        assertEquals(List.of(AVCC, OTHER_AVCC), encoder.records());
    }

    @Test
    void changesByParameterSetsAmongTheFramesAlone() {
        encoder.video(0, videoHeader(AVCC));
        encoder.video(0, keyFrame(IDR));
        encoder.video(1000, keyFrame(AUD, OTHER_SPS, PPS, IDR));
        encoder.video(2000, keyFrame(AUD, OTHER_SPS, PPS, IDR));
        assertEquals(List.of(AVCC, OTHER_AVCC), encoder.records());
        assertTrue(encoder.events().get(2) instanceof TrackConfigured);
        assertEquals(
                nals(AUD, OTHER_SPS, PPS, IDR), encoder.accessUnits().get(1).payload());
    }

    @Test
    void changesByParameterSetsInAFrameOfTheirOwn() {
        encoder.video(0, videoHeader(AVCC));
        encoder.video(1000, interFrame(OTHER_SPS, PPS));
        encoder.video(1000, interFrame(OTHER_PPS));
        encoder.video(1000, keyFrame(IDR));
        assertEquals(List.of(AVCC, OTHER_AVCC, avcC(4, OTHER_SPS, OTHER_PPS)), encoder.records());
        assertEquals(1, encoder.accessUnits().size());
    }

    @Test
    void differsForEverFromTheParameterSetsAmongTheFrames() {
        for (int i = 0; i < 3; i++) {
            encoder.video(i * 1000L, videoHeader(AVCC));
            encoder.video(i * 1000L, keyFrame(OTHER_SPS, PPS, IDR));
        }
        assertEquals(List.of(AVCC, OTHER_AVCC), encoder.records());
    }

    @Test
    void parameterSetsAmongTheFramesThatRepeatItAreNoNews() {
        encoder.video(0, videoHeader(AVCC));
        encoder.video(0, keyFrame(SPS, PPS, IDR));
        assertEquals(List.of(AVCC), encoder.records());
    }

    @Test
    void isEmptyOrBrokenAndComesRightLater() {
        encoder.video(0, Hex.bytes("1700000000"));
        encoder.video(0, videoHeader(Hex.bytes("01640028ffe1000467")));
        encoder.video(0, videoHeader(avcC(4, Hex.bytes("67ffffff"), PPS)));
        encoder.audio(0, audioHeader(Bytes.EMPTY));
        assertEquals(4, encoder.faults().count(FlvFault.BAD_TAG));
        encoder.video(0, keyFrame(IDR));
        assertEquals(1, encoder.faults().count(FlvFault.FRAME_WITHOUT_CONFIGURATION));
        assertEquals(List.of(), encoder.events());
        encoder.publishesVideo();
        assertEquals(2, encoder.events().size());
    }

    @Test
    void brokenParameterSetsAmongTheFramesChangeNothing() {
        encoder.video(0, videoHeader(AVCC));
        encoder.video(0, keyFrame(Hex.bytes("67ffffff"), PPS, IDR));
        assertEquals(List.of(AVCC), encoder.records());
        assertEquals(1, encoder.accessUnits().size());
        assertEquals(1, encoder.faults().count(FlvFault.BAD_TAG));
    }

    /** SRS 3464: an hvcC behind codec id 7. */
    @Test
    void ofHevcUnderTheNumberOfAvcIsNotTakenForAvc() {
        Bytes hvcC = Hex.bytes("0101600000 0090000000 00001e f000 fcfdf8f8 00000f 04"
                + "200001001840010c01ffff01600000030090000003000003001e95940921");
        encoder.video(0, videoHeader(hvcC));
        assertEquals(List.of(), encoder.events());
        assertEquals(1, encoder.faults().count(FlvFault.BAD_TAG));
    }
}
