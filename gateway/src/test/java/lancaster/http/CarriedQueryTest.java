package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CarriedQueryTest {
    private static final String QUERY = "until=1&sign=a";

    @Test
    void goesBehindEveryAddressOfAPlaylist() {
        assertEquals(
                """
                #EXTM3U
                #EXT-X-MAP:URI="init-1.mp4?until=1&sign=a"
                #EXT-X-MEDIA:TYPE=AUDIO,URI="a.m3u8?x=1&until=1&sign=a",NAME="b"

                #EXTINF:4.000,
                7.m4s?until=1&sign=a
                """,
                CarriedQuery.intoPlaylist(
                        """
                        #EXTM3U
                        #EXT-X-MAP:URI="init-1.mp4"
                        #EXT-X-MEDIA:TYPE=AUDIO,URI="a.m3u8?x=1",NAME="b"

                        #EXTINF:4.000,
                        7.m4s
                        """,
                        QUERY));
    }

    @Test
    void goesBehindEveryAddressOfAManifest() {
        assertEquals(
                "<media streamId=\"a\" url=\"a/hds/v?until=1&amp;sign=a\"/><bootstrapInfo url=\"b.abst?until=1&amp;sign=a\"/>",
                CarriedQuery.intoManifest(
                        "<media streamId=\"a\" url=\"a/hds/v\"/><bootstrapInfo url=\"b.abst\"/>", QUERY));
    }
}
