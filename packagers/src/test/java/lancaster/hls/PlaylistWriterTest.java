package lancaster.hls;

import static lancaster.segment.SegmentFixtures.SECOND;
import static lancaster.segment.SegmentFixtures.segment;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import lancaster.hls.MultivariantPlaylist.Resolution;
import lancaster.hls.MultivariantPlaylist.Variant;
import lancaster.kit.GoldenFile;
import lancaster.segment.Segment;
import lancaster.segment.SegmentFixtures;
import lancaster.segment.SegmentFormat;
import lancaster.segment.SegmentWindow;
import lancaster.segment.TrackSet;
import lancaster.segment.WindowPolicy;
import org.junit.jupiter.api.Test;

class PlaylistWriterTest {
    private static final WindowPolicy POLICY = new WindowPolicy(4, 18 * SECOND);

    @Test
    void writesALiveListOfTsSegments() {
        SegmentWindow window = SegmentWindow.EMPTY;
        for (long number = 2_717_000; number < 2_717_006; number++) {
            window = window.with(segment(number, 4), true, POLICY);
        }
        GoldenFile.assertGolden("hls/live-ts.m3u8", text(window, SegmentFormat.TS));
    }

    @Test
    void writesAListWithAReconnectANewConfigurationAGapAndAnEnd() {
        TrackSet other = new TrackSet(13, List.of(SegmentFixtures.VIDEO));
        Segment changed = segment(13, 5.9999);
        SegmentWindow window = SegmentWindow.EMPTY
                .with(segment(11, 4, 2, false), false, POLICY)
                .with(segment(12, 1.234567, 3, true), false, POLICY)
                .with(
                        new Segment(
                                13,
                                changed.start90k(),
                                changed.duration90k(),
                                true,
                                4,
                                changed.utcMs(),
                                5,
                                100,
                                false,
                                other),
                        false,
                        POLICY)
                .with(
                        new Segment(14, changed.start90k(), 360_000, false, 4, changed.utcMs(), 0, 100, true, other),
                        false,
                        POLICY)
                .end();
        GoldenFile.assertGolden("hls/ended-fmp4.m3u8", text(window, SegmentFormat.FMP4));
    }

    @Test
    void writesAMultivariantList() {
        MultivariantPlaylist playlist = new MultivariantPlaylist(List.of(new Variant(
                "townhall/ts/video.m3u8",
                3_214_880,
                3_100_012,
                List.of("avc1.64001f", "mp4a.40.2"),
                Optional.of(new Resolution(1280, 720)),
                Optional.of(29_970L))));
        GoldenFile.assertGolden("hls/multivariant.m3u8", PlaylistWriter.write(playlist));
    }

    @Test
    void leavesOutWhatAudioAloneHasNot() {
        MultivariantPlaylist playlist = new MultivariantPlaylist(List.of(new Variant(
                "radio/ts/audio.m3u8", 128_000, 127_000, List.of("mp4a.40.2"), Optional.empty(), Optional.empty())));
        assertEquals(
                """
                #EXTM3U
                #EXT-X-STREAM-INF:BANDWIDTH=128000,AVERAGE-BANDWIDTH=127000,CODECS="mp4a.40.2"
                radio/ts/audio.m3u8
                """,
                PlaylistWriter.write(playlist));
    }

    private static String text(SegmentWindow window, SegmentFormat format) {
        return PlaylistWriter.write(MediaPlaylist.of(window, format, 6));
    }
}
