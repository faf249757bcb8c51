package lancaster.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.ProtocolException;
import lancaster.probe.M3u8;
import org.junit.jupiter.api.Test;

/** Which segments are fetched of a playlist that changes, in a time that the test says. */
class HlsLaneTest {
    private static final long SECOND_NS = 1_000_000_000;

    private final HlsLane lane = new HlsLane(0, URI.create("http://box/live.m3u8"), 0);

    @Test
    void beginsNearTheLiveEdgeAndTakesEachSegmentOnce() {
        playlist(0, 10, "a b c d e");
        assertEquals(List.of("c:0", "d:0", "e:0"), fetched());
        playlist(4, 11, "b c d e f");
        playlist(4, 11, "b c d e f");
        assertEquals(List.of("f:0"), fetched());
        assertEquals(Optional.empty(), lane.lost(4 * SECOND_NS));
    }

    @Test
    void asksAgainAfterATargetDurationAndSoonerIfNothingWasNew() {
        playlist(0, 10, "a b c");
        assertEquals(4 * SECOND_NS, lane.reloadInNs(0));
        playlist(4, 10, "a b c");
        assertEquals(2 * SECOND_NS, lane.reloadInNs(4 * SECOND_NS));
    }

    @Test
    void discontinuitiesGapsAndWhatWasMissedBeginAnEpoch() {
        playlist(0, 10, "a b c");
        assertEquals(List.of("a:0", "b:0", "c:0"), fetched());
        playlist(4, 11, "b c !d");
        assertEquals(List.of("d:1"), fetched());
        playlist(8, 20, "x y");
        assertEquals(List.of("x:2", "y:2"), fetched());
        assertEquals(6, lane.skipped());
        playlist(12, 21, "y ~z w");
        assertEquals(List.of("w:3"), fetched());
    }

    @Test
    void numbersThatGoBackAreAnotherRunOfTheServer() {
        playlist(0, 100, "a b c");
        assertEquals(3, fetched().size());
        playlist(4, 0, "r");
        assertEquals(List.of("r:1"), fetched());
    }

    @Test
    void aSegmentThatCantBeHadIsAGapAndManyAreTheEnd() {
        playlist(0, 10, "a b c");
        lane.onSegmentFailed();
        assertEquals(List.of("b:0", "c:0"), fetched());
        for (int i = 0; i < 4; i++) {
            lane.onPlaylistFailed(0);
        }
        assertEquals("the server gives no more", lane.lost(0).orElseThrow());
    }

    @Test
    void aPlaylistThatStandsStillIsGivenUp() {
        playlist(0, 10, "a b c");
        assertEquals(3, fetched().size());
        playlist(20, 10, "a b c");
        assertEquals(Optional.empty(), lane.lost(20 * SECOND_NS));
        assertTrue(lane.lost(23 * SECOND_NS).orElseThrow().contains("stands still"));
    }

    @Test
    void aRecordingIsPlayedToItsEnd() {
        lane.onPlaylist(M3u8.parse(text(0, "a b c d e f") + "#EXT-X-ENDLIST\n").orElseThrow(), 0);
        assertEquals(6, fetched().size());
        assertEquals("the playlist has ended", lane.lost(0).orElseThrow());
        assertEquals(Long.MAX_VALUE, lane.reloadInNs(SECOND_NS));
    }

    @Test
    void segmentsWhoseKeyCanBeHadAreFetchedAndOthersRefusedWithTheReason() {
        keyed("METHOD=AES-128,URI=\"k\"");
        assertEquals(List.of("a:0"), fetched());
        assertTrue(refusal("METHOD=SAMPLE-AES,URI=\"k\"").contains("METHOD=SAMPLE-AES"));
        assertTrue(refusal("METHOD=AES-128,URI=\"k\",KEYFORMAT=\"com.example\"").contains("KEYFORMAT=com.example"));
        assertTrue(refusal("METHOD=AES-128").contains("licence"));
    }

    private void keyed(String attributes) {
        String text = text(0, "a").replace("#EXTINF", "#EXT-X-KEY:" + attributes + "\n#EXTINF");
        lane.onPlaylist(M3u8.parse(text).orElseThrow(), 0);
    }

    private static String refusal(String attributes) {
        HlsLaneTest another = new HlsLaneTest();
        return String.valueOf(assertThrows(ProtocolException.class, () -> another.keyed(attributes))
                .getMessage());
    }

    private void playlist(long second, long sequence, String segments) {
        lane.onPlaylist(M3u8.parse(text(sequence, segments)).orElseThrow(), second * SECOND_NS);
    }

    /** {@code !} stands for a discontinuity before a segment, {@code ~} for a gap. */
    private static String text(long sequence, String segments) {
        StringBuilder text =
                new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:" + sequence + "\n");
        for (String segment : segments.split(" ", -1)) {
            text.append(segment.startsWith("!") ? "#EXT-X-DISCONTINUITY\n" : "")
                    .append(segment.startsWith("~") ? "#EXT-X-GAP\n" : "")
                    .append("#EXTINF:4,\n")
                    .append(segment.replaceAll("[!~]", ""))
                    .append('\n');
        }
        return text.toString();
    }

    private List<String> fetched() {
        List<String> fetched = new ArrayList<>();
        while (lane.wanted().isPresent()) {
            HlsLane.Wanted wanted = lane.wanted().get();
            fetched.add(wanted.segment().uri() + ":" + wanted.epoch());
            lane.onSegment();
        }
        return fetched;
    }
}
