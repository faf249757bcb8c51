package lancaster.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtmpUrlTest {
    @ParameterizedTest
    @CsvSource({
        "rtmp://box/live/townhall, box, 1935, live, townhall, rtmp://box/live",
        "rtmp://box:1936/live/townhall?key=a/b, box, 1936, live, townhall?key=a/b, rtmp://box:1936/live",
        "rtmp://box//live/studio//townhall/, box, 1935, live/studio, townhall, rtmp://box/live/studio",
        "rtmp://[::1]:1935/live/townhall, [::1], 1935, live, townhall, rtmp://[::1]/live",
        "rtmps://box/live/townhall, box, 443, live, townhall, rtmps://box/live",
        "rtmps://box:1936/live/townhall, box, 1936, live, townhall, rtmps://box:1936/live"
    })
    void lastComponentIsTheName(String url, String host, int port, String app, String name, String tcUrl) {
        RtmpUrl parsed = RtmpUrl.parse(url);
        assertEquals(new RtmpUrl(parsed.scheme(), host, port, app, name), parsed);
        assertEquals(tcUrl, parsed.tcUrl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rtmp://box/live", "http://box/live/townhall", "live/townhall", "rtmp:///a/b", "rtmp://b ox/a/b"
            })
    void othersAreRefused(String url) {
        assertThrows(IllegalArgumentException.class, () -> RtmpUrl.parse(url));
    }

    @Test
    void keysAreNotShown() {
        assertEquals(
                "rtmp://box/live/townhall",
                RtmpUrl.parse("rtmp://box/live/townhall?key=SECRET").toString());
        String said = assertThrows(IllegalArgumentException.class, () -> RtmpUrl.parse("http://box/a/b?key=SECRET"))
                .getMessage();
        assertFalse(said.contains("SECRET"), said);
    }
}
