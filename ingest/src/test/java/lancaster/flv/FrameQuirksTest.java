package lancaster.flv;

import static lancaster.flv.Samples.ASC;
import static lancaster.flv.Samples.AUD;
import static lancaster.flv.Samples.AVCC;
import static lancaster.flv.Samples.IDR;
import static lancaster.flv.Samples.RECOVERY_POINT;
import static lancaster.flv.Samples.SLICE;
import static lancaster.flv.Samples.audioFrame;
import static lancaster.flv.Samples.audioHeader;
import static lancaster.flv.Samples.interFrame;
import static lancaster.flv.Samples.keyFrame;
import static lancaster.flv.Samples.nals;
import static lancaster.flv.Samples.videoHeader;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames as real encoders send them. Numbers are issues and pull requests of MediaMTX where no other project is named. */
class FrameQuirksTest {
    private final FakeEncoder encoder = new FakeEncoder();

    @BeforeEach
    void configured() {
        encoder.video(0, videoHeader(AVCC));
        encoder.audio(0, audioHeader(ASC));
        encoder.forget();
    }

    /** DJI: 2375, 2409. */
    @Test
    void haveNoNalUnitAtAll() {
        encoder.video(0, keyFrame());
        encoder.video(0, interFrame());
        encoder.video(0, interFrame(AUD, RECOVERY_POINT));
        assertEquals(List.of(), encoder.events());
        assertEquals(3, encoder.faults().count(FlvFault.EMPTY_FRAME));
    }

    @Test
    void haveNoBytes() {
        encoder.video(0, Bytes.EMPTY);
        encoder.audio(0, Bytes.EMPTY);
        assertEquals(List.of(), encoder.events());
        assertEquals(0, encoder.faults().total());
        encoder.audio(0, audioFrame());
        assertEquals(1, encoder.faults().count(FlvFault.EMPTY_FRAME));
    }

    @Test
    void endTheSequence() {
        encoder.video(0, Hex.bytes("1702000000"));
        encoder.video(0, Hex.bytes("5701"));
        assertEquals(List.of(), encoder.events());
        assertEquals(0, encoder.faults().total());
    }

    @Test
    void keepDelimitersAndSei() {
        encoder.video(0, keyFrame(AUD, RECOVERY_POINT, IDR));
        assertEquals(
                nals(AUD, RECOVERY_POINT, IDR), encoder.accessUnits().get(0).payload());
    }

    @Test
    void sayKeyWithoutBeingRandomAccess() {
        encoder.video(0, keyFrame(SLICE));
        assertFalse(encoder.accessUnits().get(0).randomAccess());
        assertEquals(1, encoder.faults().count(FlvFault.KEY_FLAG));
    }

    @Test
    void sayKeyAtARecoveryPoint() {
        encoder.video(0, keyFrame(RECOVERY_POINT, SLICE));
        encoder.video(40, interFrame(RECOVERY_POINT, SLICE));
        assertTrue(encoder.accessUnits().get(0).randomAccess());
        assertFalse(encoder.accessUnits().get(1).randomAccess());
    }

    @Test
    void areRandomAccessWithoutSayingKey() {
        encoder.video(0, interFrame(IDR));
        assertTrue(encoder.accessUnits().get(0).randomAccess());
        assertEquals(1, encoder.faults().count(FlvFault.KEY_FLAG));
    }

    @Test
    void haveNegativeOrHugeCompositionTimes() {
        encoder.video(100, Bytes.concat(Hex.bytes("2701 ffffd8"), nals(SLICE)));
        encoder.video(140, Bytes.concat(Hex.bytes("2701 7fffff"), nals(SLICE)));
        encoder.video(180, Bytes.concat(Hex.bytes("2701 800000"), nals(SLICE)));
        assertEquals(
                List.of(-40 * 90, 0, 0),
                encoder.accessUnits().stream().map(AccessUnit::cts90k).toList());
        assertEquals(2, encoder.faults().count(FlvFault.COMPOSITION_TIME));
    }

    @Test
    void beginWithBFrames() {
        encoder.video(0, interFrame(SLICE));
        encoder.video(40, keyFrame(IDR));
        assertEquals(2, encoder.accessUnits().size());
        assertFalse(encoder.accessUnits().get(0).randomAccess());
    }

    /** Each of them as long as it likes. */
    @Test
    void areOfOneKindOnly() {
        for (int i = 0; i < 100; i++) {
            encoder.audio(i * 21L, audioFrame(1, 2));
        }
        assertEquals(100, encoder.accessUnits().size());
    }

    /** The unofficial number of encoders from before Enhanced RTMP: codec id 12. */
    @Test
    void isHevcOutsideEnhancedRtmpAndRefusedByName() {
        ProtocolException refused =
                assertThrows(ProtocolException.class, () -> encoder.video(0, Hex.bytes("1c00000000 01")));
        assertTrue(refused.getMessage().contains("HEVC"));
    }
}
