package lancaster.hlscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import lancaster.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others wrote can find fault. */
class OtherReadersTest {
    @Test
    void readEachVersionOnce() {
        OtherReaders readers = reading(TextBreakages.TS);
        readers.load("live/a/ts/video.m3u8");
        readers.load("live/a/ts/video.m3u8");
        assertEquals(1, readers.playlistsRead());
        reading(TextBreakages.FMP4).load("live/a/fmp4/video.m3u8");
        reading(TextBreakages.VARIANTS).load("live/a.m3u8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#EXTM3U|#EXTM3U8",
                "TARGETDURATION:6|TARGETDURATION:six",
                "#EXTINF:4.000,|#EXTINF:4;000,",
                "#EXT-X-DISCONTINUITY-SEQUENCE:3|#EXT-X-DISCONTINUITY-SEQUENZ:3",
                "#EXT-X-TARGETDURATION:6|#EXT-X-MEDIA:URI=x",
            })
    void complainOf(String right, String wrong) {
        OtherReaders readers = reading(TextBreakages.TS.replace(right, wrong));
        assertThrows(AssertionError.class, () -> readers.load("live/a/ts/video.m3u8"));
    }

    @Test
    void complainOfBytesThatAreNoBox() {
        OtherReaders readers = new OtherReaders(path -> Optional.of(Bytes.wrap(new byte[64])));
        assertThrows(Throwable.class, () -> readers.load("live/a/fmp4/7.m4s"));
    }

    private static OtherReaders reading(String text) {
        return new OtherReaders(path -> Optional.of(TextBreakages.bytes(text)));
    }
}
