package lancaster.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class M3u8Test {
    @Test
    void readsAMultivariantPlaylist() {
        M3u8 playlist = M3u8.parse(
                        """
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="main, loud",DEFAULT=YES,URI="audio.m3u8"
                        #EXT-X-STREAM-INF:BANDWIDTH=1500000,AVERAGE-BANDWIDTH=1200000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=25.000,AUDIO="a"
                        low/video.m3u8
                        """)
                .orElseThrow();
        assertTrue(playlist.isMultivariant());
        assertEquals(
                List.of(new M3u8.Variant(
                        "low/video.m3u8", 1_500_000, 1_200_000, "avc1.64001f,mp4a.40.2", "1280x720", "25.000", "a")),
                playlist.variants());
        assertEquals(
                List.of(new M3u8.Rendition("AUDIO", "a", "main, loud", true, Optional.of("audio.m3u8"))),
                playlist.renditions());
    }

    @Test
    void ofSeveralWaysToAKeyTheOneThatIsOpenCounts() {
        M3u8 playlist = M3u8.parse(
                        """
                        #EXTM3U
                        #EXT-X-KEY:METHOD=AES-128,URI="k0",IV=0x0000000000000000000000000000002a
                        #EXT-X-KEY:METHOD=AES-128,URI="skd://k",KEYFORMAT="com.apple.streamingkeydelivery"
                        #EXT-X-MAP:URI="init.mp4"
                        #EXTINF:4,
                        0.m4s
                        #EXT-X-KEY:METHOD=NONE
                        #EXTINF:4,
                        1.m4s
                        #EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://k",KEYFORMAT="com.apple.streamingkeydelivery"
                        #EXTINF:4,
                        2.m4s
                        """)
                .orElseThrow();
        List<M3u8.Segment> segments = playlist.segments();
        M3u8.Key open = segments.get(0).key().orElseThrow();
        assertTrue(open.isIdentity());
        assertEquals(
                "0x0000000000000000000000000000002a",
                open.initializationVector().orElseThrow());
        assertEquals(
                Optional.of(open),
                segments.get(0).initialization().orElseThrow().key());
        assertEquals(Optional.empty(), segments.get(1).key());
        assertEquals(
                Optional.of(open),
                segments.get(1).initialization().orElseThrow().key());
        assertFalse(segments.get(2).key().orElseThrow().isIdentity());
    }

    @Test
    void readsAMediaPlaylist() {
        M3u8 playlist = M3u8.parse(
                        """
                        #EXTM3U\r
                        #EXT-X-TARGETDURATION:4\r
                        #EXT-X-MEDIA-SEQUENCE:7\r
                        #EXT-X-MAP:URI="init.mp4"\r
                        #EXTINF:4.000,a title, with a comma\r
                        7.m4s\r
                        #EXT-X-DISCONTINUITY\r
                        #EXT-X-KEY:METHOD=AES-128,URI="k"\r
                        #EXTINF:3.5,\r
                        #EXT-X-BYTERANGE:100@50\r
                        8.m4s\r
                        #EXT-X-GAP\r
                        #EXTINF:4,\r
                        9.m4s\r
                        #EXT-X-PART:DURATION=0.5,URI="10.0.m4s"\r
                        #EXT-X-ENDLIST\r
                        """)
                .orElseThrow();
        Optional<M3u8.Initialization> init = Optional.of(new M3u8.Initialization("init.mp4", Optional.empty()));
        Optional<M3u8.Key> key = Optional.of(new M3u8.Key("AES-128", Optional.of("k"), Optional.empty(), "identity"));
        assertEquals(
                List.of(
                        new M3u8.Segment("7.m4s", 7, 4, false, false, Optional.empty(), init, Optional.empty()),
                        new M3u8.Segment("8.m4s", 8, 3.5, true, false, key, init, Optional.of("100@50")),
                        new M3u8.Segment("9.m4s", 9, 4, false, true, key, init, Optional.empty())),
                playlist.segments());
        assertEquals(4, playlist.targetDurationS());
        assertTrue(playlist.ended() && playlist.parts());
        assertFalse(playlist.isMultivariant());
    }

    @Test
    void readsNothingElse() {
        assertEquals(Optional.empty(), M3u8.parse("<html>"));
        assertEquals(Optional.empty(), M3u8.parse(""));
    }

    @Test
    void numbersThatAreNoneAreZero() {
        M3u8 playlist = M3u8.parse("#EXTM3U\n#EXT-X-TARGETDURATION:x\n#EXTINF:NaN,\na\n#EXTINF:-1\nb\n")
                .orElseThrow();
        assertEquals(0, playlist.targetDurationS());
        assertEquals(
                List.of(0.0, 0.0),
                playlist.segments().stream().map(M3u8.Segment::durationS).toList());
    }
}
