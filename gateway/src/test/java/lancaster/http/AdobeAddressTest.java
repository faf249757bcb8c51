package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdobeAddressTest {
    @ParameterizedTest
    @CsvSource({
        "/hds-live/live/_definst_/townhall/townhall.f4m,/live/townhall.f4m",
        "/hds-live/live/_definst_/conference/townhall.f4m,/live/townhall.f4m",
        "/hds-live/live/room1/conference/townhall.f4m,/live/room1/townhall.f4m",
        "/hds-live/live/_definst_/conference/townhall/hds/streamSeg1-Frag7,/live/townhall/hds/streamSeg1-Frag7",
        "/hds-live/live/_definst_/townhall/hds/stream.f4m,/live/townhall/hds/stream.f4m",
        "/hls-live/live/_definst_/conference/townhall.m3u8,/live/townhall.m3u8",
        "/hls-live/live/_definst_/conference/townhall/ts/7.ts,/live/townhall/ts/7.ts",
        "/hls-live/live/_definst_/townhall/fmp4/video.m3u8,/live/townhall/fmp4/video.m3u8"
    })
    void namesAStream(String adobe, String here) {
        assertEquals(Optional.of(new AdobeAddress(adobe.startsWith("/hds"), here, false)), AdobeAddress.parse(adobe));
    }

    @ParameterizedTest
    @CsvSource({
        "/hds-live/live/_definst_/townhall.f4m,/live/townhall.f4m",
        "/hls-live/live/room1/townhall.m3u8,/live/room1/townhall.m3u8"
    })
    void namesAnEvent(String adobe, String here) {
        assertEquals(Optional.of(new AdobeAddress(adobe.startsWith("/hds"), here, true)), AdobeAddress.parse(adobe));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/live/townhall.f4m",
                "/hds-live/",
                "/hds-live/townhall.f4m",
                "/hds-live/live/townhall.f4m",
                "/hds-live/live/_definst_/",
                "/hds-live//_definst_/townhall.f4m",
                "/hds-live/live/_definst_//townhall.f4m",
                "/hds-vod/live/_definst_/townhall/townhall.f4m"
            })
    void isNoneOtherwise(String path) {
        assertEquals(Optional.empty(), AdobeAddress.parse(path));
    }
}
