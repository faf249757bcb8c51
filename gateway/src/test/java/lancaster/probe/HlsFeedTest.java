package lancaster.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** What is fetched of a playlist and when; and what is wrong with playlists. */
class HlsFeedTest {
    private static final URI AT = URI.create("http://box/live/a.m3u8");

    private final HlsFeed feed = new HlsFeed(AT.toString());
    private long nowNs = 5;

    private static String live(int first, int count) {
        StringBuilder text =
                new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:" + first + "\n");
        for (int i = first; i < first + count; i++) {
            text.append("#EXTINF:4,\n").append(i).append(".ts\n");
        }
        return text.toString();
    }

    private void pass(Duration time) {
        nowNs += time.toNanos();
    }

    /** Takes all that is wished for and not a playlist, as segments that can't be read. */
    private List<String> segments() {
        List<String> fetched = new ArrayList<>();
        HlsWish wish = feed.next(nowNs);
        while (wish.uri().isPresent() && !wish.playlist()) {
            fetched.add(wish.uri().get().toString());
            feed.onSegment(Bytes.of(0x47), 10);
            wish = feed.next(nowNs);
        }
        return fetched;
    }

    private List<String> faults() {
        return feed.report(1).faults();
    }

    @Test
    void beginsThreeSegmentsBeforeTheEndAndGoesOn() {
        assertTrue(feed.begin(AT, live(10, 8), nowNs));
        assertEquals(List.of("http://box/live/15.ts", "http://box/live/16.ts", "http://box/live/17.ts"), segments());
        assertEquals(Duration.ofSeconds(4).toNanos(), feed.next(nowNs).waitNs());
        pass(Duration.ofSeconds(4));
        assertEquals(HlsWish.playlist(AT), feed.next(nowNs));
        feed.onPlaylist(live(11, 8), nowNs);
        assertEquals(List.of("http://box/live/18.ts"), segments());
        assertFalse(feed.isOver());
    }

    @Test
    void readsAFinishedPlaylistFromItsBeginning() {
        feed.begin(AT, live(0, 4) + "#EXT-X-ENDLIST\n", nowNs);
        assertEquals(4, segments().size());
        assertTrue(feed.isOver());
    }

    @Test
    void takesTheRichestVariantAndItsAudio() {
        feed.begin(
                AT,
                """
                #EXTM3U
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="x",NAME="other",URI="x.m3u8"
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="one",URI="one.m3u8"
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="two",DEFAULT=YES,URI="two.m3u8"
                #EXT-X-STREAM-INF:BANDWIDTH=1
                poor.m3u8
                #EXT-X-STREAM-INF:BANDWIDTH=2,AUDIO="a"
                rich.m3u8
                """,
                nowNs);
        assertEquals(
                "http://box/live/rich.m3u8",
                feed.next(nowNs).uri().orElseThrow().toString());
        feed.onPlaylist("#EXTM3U\n#EXT-X-TARGETDURATION:4\n", nowNs);
        assertEquals(
                "http://box/live/two.m3u8", feed.next(nowNs).uri().orElseThrow().toString());
    }

    @Test
    void fetchesAnInitializationSegmentOnce() {
        feed.begin(
                AT,
                """
                #EXTM3U
                #EXT-X-TARGETDURATION:4
                #EXT-X-MAP:URI="init.mp4"
                #EXTINF:4,
                1.m4s
                #EXTINF:4,
                2.m4s
                #EXT-X-ENDLIST
                """,
                nowNs);
        assertEquals(List.of("http://box/live/init.mp4", "http://box/live/1.m4s", "http://box/live/2.m4s"), segments());
    }

    @Test
    void fetchesRanges() {
        feed.begin(
                AT,
                """
                #EXTM3U
                #EXT-X-TARGETDURATION:4
                #EXTINF:4,
                #EXT-X-BYTERANGE:100@50
                all.ts
                #EXTINF:4,
                #EXT-X-BYTERANGE:200
                all.ts
                #EXT-X-ENDLIST
                """,
                nowNs);
        assertEquals(Optional.of(new HlsWish.Range(50, 100)), feed.next(nowNs).range());
        assertEquals("bytes=50-149", feed.next(nowNs).range().orElseThrow().header());
        feed.onSegment(Bytes.of(0x47), 1);
        assertEquals(Optional.of(new HlsWish.Range(150, 200)), feed.next(nowNs).range());
    }

    @Test
    void saysThatAPlaylistStandsStill() {
        feed.begin(AT, live(0, 3), nowNs);
        segments();
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofSeconds(2));
            feed.next(nowNs);
            feed.onPlaylist(live(0, 3), nowNs);
        }
        assertEquals(
                1,
                faults().stream().filter(fault -> fault.contains("stood still")).count());
    }

    @Test
    void saysThatNumbersGoBackOrSegmentsVanish() {
        feed.begin(AT, live(10, 3), nowNs);
        segments();
        feed.next(nowNs + Duration.ofSeconds(4).toNanos());
        feed.onPlaylist(live(20, 3), nowNs);
        feed.onPlaylist(live(5, 3), nowNs);
        List<String> faults = faults();
        assertTrue(faults.contains("segments 13 to 19 were gone before they could be loaded"), faults::toString);
        assertTrue(faults.contains("EXT-X-MEDIA-SEQUENCE went back from 20 to 5"), faults::toString);
    }

    @Test
    void givesUpWhereEverythingFails() {
        feed.begin(AT, live(0, 3), nowNs);
        for (int i = 0; i < 30 && !feed.isOver(); i++) {
            if (feed.next(nowNs).uri().isPresent()) {
                feed.onFailed("http://box/live/0.ts: HTTP status 404", nowNs);
            }
            pass(Duration.ofSeconds(4));
        }
        assertTrue(feed.isOver());
        assertTrue(feed.isEmpty());
        assertTrue(feed.whyEmpty().contains("404"));
    }

    @Test
    void whatIsNoPlaylistIsRefused() {
        assertFalse(feed.begin(AT, "<html>", nowNs));
    }
}
