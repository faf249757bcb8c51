package lancaster.hls;

import static lancaster.segment.SegmentFixtures.RECORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import lancaster.bytes.Bytes;
import lancaster.kit.GoldenFile;
import lancaster.kit.SimRunLoop;
import lancaster.media.Mark;
import lancaster.media.Track;
import lancaster.segment.Rendered;
import lancaster.segment.SegmentFormat;
import lancaster.segment.SegmentStore;
import lancaster.stream.CloseReason;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HlsPackagerTest {
    private static final StreamPath PATH = new StreamPath("live", "townhall");
    private static final List<Track> BOTH = List.of(SimulatedStream.VIDEO, SimulatedStream.AUDIO);

    @TempDir
    Path root;

    private final SimRunLoop loop = new SimRunLoop();
    private final List<Mark.SegmentHash> hashes = new ArrayList<>();
    private SegmentStore store;
    private HlsPackager packager;
    private boolean gone;

    @BeforeEach
    void open() throws IOException {
        store = new SegmentStore(root, Long.MAX_VALUE);
        packager = packager(new HlsSettings(6, List.of(SegmentFormat.TS, SegmentFormat.FMP4), false));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void listsFromTheFirstSegmentOn() {
        SimulatedStream stream = stream(BOTH, 2);
        stream.run(3.9);
        assertInstanceOf(HlsAnswer.Missing.class, find("live/townhall.m3u8"));
        assertFalse(packager.feed().listed());
        stream.run(0.2);
        assertEquals(
                """
                #EXTM3U
                #EXT-X-VERSION:3
                #EXT-X-TARGETDURATION:6
                #EXT-X-MEDIA-SEQUENCE:0
                #EXT-X-DISCONTINUITY-SEQUENCE:0
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.000Z
                #EXTINF:4.000000,
                0.ts
                """,
                text("live/townhall/ts/video.m3u8"));
    }

    @Test
    void waitsForTheSecondSegmentWhereTheFirstIsShort() {
        SimulatedStream stream = stream(BOTH, 2);
        stream.run(1);
        stream.reconnect(3600);
        stream.run(0.1);
        assertFalse(packager.feed().listed());
        stream.run(10);
        assertTrue(packager.feed().listed());
    }

    @Test
    void describesTheVariantOfEachFormat() {
        stream(BOTH, 2).run(20);
        GoldenFile.assertGolden("hls/packaged.m3u8", text("live/townhall.m3u8"));
        assertEquals(text("live/townhall.m3u8"), text("live/townhall.m3u8", "ts"));
        GoldenFile.assertGolden("hls/packaged-fmp4.m3u8", text("live/townhall.m3u8", "fmp4"));
    }

    @Test
    void callsTheListOfAStreamWithoutVideoAudio() {
        stream(List.of(SimulatedStream.AUDIO), 2).run(20);
        assertTrue(text("live/townhall.m3u8").contains("townhall/ts/audio.m3u8"));
        assertInstanceOf(HlsAnswer.Playlist.class, find("live/townhall/fmp4/audio.m3u8"));
        assertInstanceOf(HlsAnswer.Missing.class, find("live/townhall/fmp4/video.m3u8"));
        HlsAnswer.File segment = assertInstanceOf(HlsAnswer.File.class, find("live/townhall/fmp4/1.m4s"));
        assertEquals("audio/mp4", segment.contentType());
    }

    @Test
    void changesTheInitializationSegmentWithTheConfiguration() throws IOException {
        SimulatedStream stream = stream(BOTH, 2);
        stream.run(10);
        stream.reconnect(3600);
        stream.configure(List.of(SimulatedStream.SMALL_VIDEO, SimulatedStream.AUDIO));
        stream.run(10);
        GoldenFile.assertGolden("hls/reconfigured-fmp4.m3u8", text("live/townhall/fmp4/video.m3u8"));
        GoldenFile.assertGolden("hls/reconfigured.m3u8", text("live/townhall.m3u8"));
        assertNotEquals(bytes("live/townhall/fmp4/init-0.mp4"), bytes("live/townhall/fmp4/init-3.mp4"));
    }

    @Test
    void rendersEachPlaylistOnceForAllRequests() throws IOException {
        stream(BOTH, 2).run(10);
        Rendered rendered =
                playlist("live/townhall/ts/video.m3u8", Optional.empty()).text();
        assertEquals(
                rendered,
                playlist("live/townhall/ts/video.m3u8", Optional.empty()).text());
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(rendered.gzip().toArray()))) {
            assertEquals(rendered.plain(), Bytes.wrap(gzip.readAllBytes()));
        }
        assertNotEquals(rendered.etag(), rendered.gzipEtag());
    }

    @Test
    void saysWhatIsGoneAndWhatNeverWas() {
        SimulatedStream stream = stream(BOTH, 2);
        run(stream, 120);
        assertInstanceOf(HlsAnswer.Gone.class, find("live/townhall/ts/0.ts"));
        assertInstanceOf(HlsAnswer.File.class, find("live/townhall/ts/20.ts"));
        assertInstanceOf(HlsAnswer.Missing.class, find("live/townhall/ts/1000.ts"));
        assertInstanceOf(HlsAnswer.File.class, find("live/townhall/fmp4/init-0.mp4"));
        assertInstanceOf(HlsAnswer.Missing.class, find("live/townhall/fmp4/init-1000.mp4"));
    }

    @Test
    void keepsARemovedSegmentForItsOwnAndTheLongestListsDuration() {
        SimulatedStream stream = stream(BOTH, 2);
        // Segment 0 is removed when segment 6 is listed, at 28 s, and goes 4 + 24 s later.
        run(stream, 55.9);
        assertInstanceOf(HlsAnswer.File.class, find("live/townhall/ts/0.ts"));
        run(stream, 0.3);
        assertInstanceOf(HlsAnswer.Gone.class, find("live/townhall/ts/0.ts"));
    }

    @Test
    void endsTheListThenWithdrawsItThenDeletesTheSegments() {
        SimulatedStream stream = stream(BOTH, 2);
        run(stream, 30);
        stream.end();
        packager.onClosed(new CloseReason(CloseReason.Kind.ENDED, "the stream is over"));
        assertTrue(text("live/townhall/ts/video.m3u8").endsWith("#EXT-X-ENDLIST\n"));
        loop.advanceMs(40_000);
        assertInstanceOf(HlsAnswer.Gone.class, find("live/townhall/ts/video.m3u8"));
        assertInstanceOf(HlsAnswer.Gone.class, find("live/townhall.m3u8"));
        assertInstanceOf(HlsAnswer.File.class, find("live/townhall/ts/6.ts"));
        assertFalse(gone);
        loop.advanceMs(60_000);
        assertTrue(gone);
        assertEquals(0, store.stats().files());
        assertFalse(Files.exists(root.resolve("live")));
    }

    @Test
    void listsAGapForASegmentThatLostAccessUnits() {
        SimulatedStream stream = stream(BOTH, 2);
        stream.run(6);
        packager.onGap(3);
        stream.run(8);
        assertTrue(text("live/townhall/ts/video.m3u8").contains("#EXT-X-GAP\n#EXTINF:4.000000,\n1.ts\n"));
        assertInstanceOf(HlsAnswer.Gone.class, find("live/townhall/ts/1.ts"));
        assertInstanceOf(HlsAnswer.File.class, find("live/townhall/ts/2.ts"));
        assertEquals(new HlsStats(2, 0, 0), packager.feed().stats());
    }

    @Test
    void hashesSegmentsIfWanted() throws Exception {
        packager = packager(new HlsSettings(6, List.of(SegmentFormat.FMP4), true));
        stream(BOTH, 2).run(5);
        byte[] expected = MessageDigest.getInstance("SHA-256")
                .digest(bytes("live/townhall/fmp4/0.m4s").toArray());
        assertEquals(List.of(new Mark.SegmentHash("fmp4", 0, Bytes.wrap(expected))), hashes);
    }

    @Test
    void deletesAnInitializationSegmentWithItsLastSegment() {
        SimulatedStream stream = stream(BOTH, 2);
        run(stream, 10);
        stream.reconnect(3600);
        stream.configure(List.of(SimulatedStream.SMALL_VIDEO, SimulatedStream.AUDIO));
        // Segment 2 is the last of the old configuration: listed for 24 s, loadable for 2 and 24 s more.
        run(stream, 45);
        assertInstanceOf(HlsAnswer.File.class, find("live/townhall/fmp4/init-0.mp4"));
        run(stream, 25);
        assertInstanceOf(HlsAnswer.Gone.class, find("live/townhall/fmp4/init-0.mp4"));
        assertInstanceOf(HlsAnswer.File.class, find("live/townhall/fmp4/init-3.mp4"));
    }

    @Test
    void listsNoSegmentThatAFullStoreDeleted() throws IOException {
        store.close();
        store = new SegmentStore(root, 400_000);
        packager = packager(new HlsSettings(6, List.of(SegmentFormat.TS, SegmentFormat.FMP4), false));
        packager.feed().addListener(this::assertListedIsThere);
        run(stream(BOTH, 2), 60);
        assertTrue(store.stats().evicted() > 0);
    }

    private void assertListedIsThere() {
        for (String format : List.of("ts", "fmp4")) {
            List<String> listed = text("live/townhall/" + format + "/video.m3u8")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            assertFalse(listed.isEmpty());
            listed.forEach(
                    name -> assertInstanceOf(HlsAnswer.File.class, find("live/townhall/" + format + "/" + name), name));
        }
    }

    @Test
    void listsGapsWhereNothingCanBeStored() throws IOException {
        store.close();
        store = new SegmentStore(root, 1_000);
        packager = packager(new HlsSettings(6, List.of(SegmentFormat.TS), false));
        stream(BOTH, 2).run(9);
        assertTrue(text("live/townhall/ts/video.m3u8").contains("#EXT-X-GAP\n#EXTINF:4.000000,\n0.ts\n"));
    }

    @Test
    void takesBackThePromiseOfIndependentSegmentsWithTheFirstCutElsewhere() {
        SimulatedStream stream = stream(BOTH, 10);
        stream.run(6.3);
        assertFalse(packager.feed().listed());
        stream.run(0.3);
        assertFalse(text("live/townhall/ts/video.m3u8").contains("INDEPENDENT"));
    }

    @Test
    void goesOnFromTheNumberThatTheTimelineSays() {
        SimulatedStream stream = stream(BOTH, 2).numberedFrom(2_717_000, 3);
        stream.run(9);
        assertTrue(text("live/townhall/ts/video.m3u8")
                .contains("#EXT-X-MEDIA-SEQUENCE:2717000\n#EXT-X-DISCONTINUITY-SEQUENCE:3\n"));
    }

    private HlsPackager packager(HlsSettings settings) {
        return new HlsPackager(PATH, settings, store, loop, hashes::add, () -> gone = true);
    }

    private SimulatedStream stream(List<Track> tracks, double secondsPerGroup) {
        return new SimulatedStream(RECORD, tracks, 25, secondsPerGroup, packager::onEvent);
    }

    /** Runs stream and clock side by side. */
    private void run(SimulatedStream stream, double seconds) {
        for (double done = 0; done < seconds - 0.05; done += 0.1) {
            stream.run(0.1);
            loop.advanceMs(100);
        }
    }

    private HlsAnswer find(String path) {
        return find(path, Optional.empty());
    }

    private HlsAnswer find(String path, Optional<String> format) {
        return Served.find(packager.feed(), path, format);
    }

    private HlsAnswer.Playlist playlist(String path, Optional<String> format) {
        return assertInstanceOf(HlsAnswer.Playlist.class, find(path, format));
    }

    private String text(String path) {
        return text(path, null);
    }

    private String text(String path, String format) {
        Bytes plain = playlist(path, Optional.ofNullable(format)).text().plain();
        return new String(plain.toArray(), StandardCharsets.UTF_8);
    }

    private Bytes bytes(String path) {
        return Served.load(packager.feed(), path, Optional.empty()).orElseThrow();
    }
}
