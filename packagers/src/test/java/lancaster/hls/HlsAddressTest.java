package lancaster.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.segment.SegmentFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HlsAddressTest {
    @Test
    void findsStreamAndResource() {
        assertAddress("live/townhall.m3u8", "live/townhall", new HlsResource.Multivariant(Optional.empty()));
        assertAddress(
                "live/townhall/ts/video.m3u8", "live/townhall", new HlsResource.MediaList(SegmentFormat.TS, true));
        assertAddress("live/a/b/fmp4/audio.m3u8", "live/a/b", new HlsResource.MediaList(SegmentFormat.FMP4, false));
        assertAddress("live/townhall/ts/0.ts", "live/townhall", new HlsResource.SegmentData(SegmentFormat.TS, 0));
        assertAddress(
                "live/townhall/fmp4/41.m4s", "live/townhall", new HlsResource.SegmentData(SegmentFormat.FMP4, 41));
        assertAddress("live/townhall/fmp4/init-7.mp4", "live/townhall", new HlsResource.Init(7));
        assertAddress(
                "live/townhall/ts/999999999999999999.ts",
                "live/townhall",
                new HlsResource.SegmentData(SegmentFormat.TS, 999_999_999_999_999_999L));
    }

    @Test
    void aStreamMayBeCalledWhatNoFileIsBelowAFolder() {
        assertAddress("live/ts/Townhall.m3u8", "live/ts/Townhall", new HlsResource.Multivariant(Optional.empty()));
        assertAddress("ts/townhall.m3u8", "ts/townhall", new HlsResource.Multivariant(Optional.empty()));
    }

    @Test
    void takesTheFormatOfAMultivariantListFromTheQuery() {
        assertEquals(
                Optional.of(
                        new HlsAddress("live/townhall", new HlsResource.Multivariant(Optional.of(SegmentFormat.FMP4)))),
                HlsAddress.parse("live/townhall.m3u8", Optional.of("fmp4")));
        assertEquals(Optional.empty(), HlsAddress.parse("live/townhall.m3u8", Optional.of("avi")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".m3u8",
                "live/townhall",
                "live/townhall/ts/41.m4s",
                "live/townhall/fmp4/41.ts",
                "live/townhall/ts/041.ts",
                "live/townhall/ts/-1.ts",
                "live/townhall/ts/+1.ts",
                "live/townhall/ts/1e3.ts",
                "live/townhall/ts/٤.ts",
                "live/townhall/ts/99999999999999999999.ts",
                "live/townhall/ts/init-7.mp4",
                "live/townhall/ts/../0.ts",
                "live/townhall/ts/",
                "live/townhall/mp3/1.mp3",
                "/ts/1.ts",
                "live/townhall.m3u8/",
                "live/townhall.M3U8",
            })
    void knowsNoOtherSpelling(String path) {
        assertEquals(Optional.empty(), HlsAddress.parse(path, Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void spelledBackIsTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1000; i++) {
            HlsAddressFuzz.check(mutated("live/town/hall/fmp4/init-1234567.mp4", random));
            HlsAddressFuzz.check(mutated("live/townhall/ts/987654321.ts", random));
            HlsAddressFuzz.check(mutated("live/townhall/ts/video.m3u8", random));
        }
    }

    private static String mutated(String path, SplittableRandom random) {
        StringBuilder text = new StringBuilder(path);
        for (int edits = random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(0x180));
                case 1 -> text.insert(at, "/.-0123456789tsfmp4\u0000%".charAt(random.nextInt(20)));
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }

    private static void assertAddress(String path, String stream, HlsResource resource) {
        assertEquals(Optional.of(new HlsAddress(stream, resource)), HlsAddress.parse(path, Optional.empty()));
    }
}
