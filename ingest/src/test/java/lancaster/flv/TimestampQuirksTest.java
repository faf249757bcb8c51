package lancaster.flv;

import static lancaster.flv.Samples.ASC;
import static lancaster.flv.Samples.AVCC;
import static lancaster.flv.Samples.IDR;
import static lancaster.flv.Samples.SLICE;
import static lancaster.flv.Samples.audioFrame;
import static lancaster.flv.Samples.audioHeader;
import static lancaster.flv.Samples.interFrame;
import static lancaster.flv.Samples.keyFrame;
import static lancaster.flv.Samples.videoHeader;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Times as real encoders send them. Numbers are issues and pull requests of MediaMTX where no other project is named. */
class TimestampQuirksTest {
    private final FakeEncoder encoder = new FakeEncoder();

    /** DJI begins anywhere: 2393, 2564, 2808. */
    @Test
    void beginAnywhere() {
        assertEquals(List.of(0xFFFF_F000L, 0xFFFF_F028L), unwrapped(0xFFFF_F000L, 0xFFFF_F028L));
    }

    @Test
    void wrapAfter49Days() {
        assertEquals(
                List.of(0xFFFF_FFE0L, 0x1_0000_0008L, 0xFFFF_FFF0L, 0x1_0000_0030L),
                unwrapped(0xFFFF_FFE0L, 8, 0xFFFF_FFF0L, 0x30));
    }

    @Test
    void jumpBackAndStandStill() {
        assertEquals(List.of(60_000L, 1_000L, 1_000L, 900L), unwrapped(60_000, 1_000, 1_000, 900));
    }

    @Test
    void goBelowZero() {
        assertEquals(List.of(20L, -20L), unwrapped(20, 0xFFFF_FFECL));
    }

    /** Where numbers of 32 bits overflow elsewhere. */
    @Test
    void pass28Hours28Minutes() {
        long ms = (28 * 60 + 28) * 60_000L;
        assertEquals(List.of(ms, ms + 40), unwrapped(ms, ms + 40));
        assertEquals(ms * 90, encoder.accessUnits().get(0).dts90k());
    }

    @Test
    void ofConfigurationsAre0AmongHugeOnes() {
        encoder.video(0, videoHeader(AVCC));
        encoder.video(0x9000_0000L, keyFrame(IDR));
        encoder.video(0, videoHeader(AVCC));
        encoder.audio(0, audioHeader(ASC));
        encoder.video(0x9000_0028L, interFrame(SLICE));
        assertEquals(List.of(0x9000_0000L, 0x9000_0028L), encoder.timesMs());
    }

    @Test
    void ofAudioBeginSecondsBeforeVideo() {
        encoder.audio(0, audioHeader(ASC));
        encoder.audio(0, audioFrame(1));
        encoder.video(5_000, videoHeader(AVCC));
        encoder.video(5_000, keyFrame(IDR));
        assertEquals(List.of(0L, 5_000L), encoder.timesMs());
    }

    private List<Long> unwrapped(long... timestampsMs) {
        encoder.video(0, videoHeader(AVCC));
        LongStream.of(timestampsMs).forEach(ms -> encoder.video(ms, keyFrame(IDR)));
        return encoder.timesMs();
    }
}
