package lancaster.hds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.hdscheck.CheckedFragment;
import lancaster.hls.HlsPackager;
import lancaster.hls.HlsSettings;
import lancaster.hls.SimulatedStream;
import lancaster.kit.SimRunLoop;
import lancaster.media.CodecConfig.HevcConfig;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.segment.SegmentFile;
import lancaster.segment.SegmentFixtures;
import lancaster.segment.SegmentFormat;
import lancaster.segment.SegmentStore;
import lancaster.segment.StoredBytes;
import lancaster.stream.CloseReason;
import lancaster.stream.MediaSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HDS beside HLS in fMP4, whose files have the payloads of the fragments. */
class BorrowedFragmentsTest {
    private static final CloseReason OVER = new CloseReason(CloseReason.Kind.ENDED, "the stream is over");

    @TempDir
    Path root;

    private final SimRunLoop loop = new SimRunLoop();
    private final List<MediaSink> sinks = new ArrayList<>();
    private SegmentStore store;
    private HlsPackager hls;
    private HdsPackager hds;

    @BeforeEach
    void open() throws IOException {
        open(Long.MAX_VALUE, Optional.empty());
    }

    private void open(long limitBytes, Optional<Duration> dvr) throws IOException {
        store = new SegmentStore(root.resolve("both"), limitBytes);
        HlsSettings lists = new HlsSettings(5, List.of(SegmentFormat.TS, SegmentFormat.FMP4), false);
        hls = new HlsPackager(HdsHouse.PATH, lists, store, loop, hash -> {}, () -> {});
        hds = new HdsPackager(HdsHouse.PATH, new HdsSettings(5, dvr), SegmentFixtures.RECORD, store, loop, () -> {});
        sinks.clear();
        sinks.addAll(List.of(hls, hds));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private SimulatedStream stream(List<Track> tracks) {
        return new SimulatedStream(SegmentFixtures.RECORD, tracks, 25, 2, this::deliver);
    }

    private void deliver(MediaEvent event) {
        sinks.forEach(sink -> sink.onEvent(event));
    }

    private void run(SimulatedStream stream, double seconds) {
        for (double done = 0; done < seconds - 0.05; done += 0.1) {
            stream.run(0.1);
            loop.advanceMs(100);
        }
    }

    private Optional<SegmentFile> file(long number) {
        return hds.feed().find(new HdsResource.Fragment(number)) instanceof HdsAnswer.File found
                ? Optional.of(found.file())
                : Optional.empty();
    }

    /** The fragments are what a packager makes that has the stream for itself. */
    private void check(List<Track> tracks, double seconds, List<Long> numbers) throws IOException {
        try (HdsHouse alone = new HdsHouse(root.resolve("alone"), HdsSettings.DEFAULT)) {
            alone.run(alone.stream(tracks, 2), seconds);
            for (long number : numbers) {
                assertEquals(alone.bytes(number), StoredBytes.of(file(number).orElseThrow()), "fragment " + number);
            }
        }
    }

    private long ownBytes(long number) throws IOException {
        return Files.size(file(number).orElseThrow().path());
    }

    @Test
    void whatIsBorrowedMakesTheSameFragments() throws IOException {
        run(stream(HdsHouse.BOTH), 21);
        check(HdsHouse.BOTH, 21, List.of(0L, 1L, 2L, 3L, 4L));
        for (long number = 0; number < 5; number++) {
            assertTrue(file(number).orElseThrow().lender().isPresent(), "fragment " + number);
            assertTrue(ownBytes(number) < 20_000, "it keeps " + ownBytes(number) + " bytes");
        }
    }

    @Test
    void soundAloneIsBorrowedToo() throws IOException {
        List<Track> sound = List.of(SimulatedStream.AUDIO);
        run(stream(sound), 13);
        check(sound, 13, List.of(0L, 1L, 2L));
    }

    @Test
    void anyPartOfAFragmentCanBeRead() throws IOException {
        run(stream(HdsHouse.BOTH), 5);
        SegmentFile file = file(0).orElseThrow();
        Bytes whole = StoredBytes.of(file);
        for (int from = 0; from < whole.length(); from += 97) {
            int count = Math.min(1 + from % 501, whole.length() - from);
            assertEquals(whole.slice(from, count), StoredBytes.of(file, from, count));
        }
        assertEquals(whole.slice(whole.length() - 10), StoredBytes.of(file, whole.length() - 10, 100));
    }

    @Test
    void aFragmentOutlivesTheListOfWhomItBorrowsFrom() throws IOException {
        store.close();
        open(Long.MAX_VALUE, Optional.of(Duration.ofMinutes(2)));
        SimulatedStream stream = stream(HdsHouse.BOTH);
        run(stream, 40);
        sinks.remove(hls);
        hls.onClosed(OVER);
        run(stream, 80);
        check(HdsHouse.BOTH, 40, List.of(0L, 1L, 5L));
        assertTrue(Files.exists(root.resolve("both/live/townhall/fmp4/1.m4s")));
        assertFalse(Files.exists(root.resolve("both/live/townhall/ts")));
        hds.onClosed(OVER);
        loop.advanceMs(600_000);
        assertEquals(0, store.stats().files());
        assertEquals(0, store.stats().bytes());
        assertFalse(Files.exists(root.resolve("both/live")));
    }

    @Test
    void whoIsAheadOfTheLenderKeepsItsBytesItself() throws IOException {
        sinks.clear();
        sinks.addAll(List.of(hds, hls));
        run(stream(HdsHouse.BOTH), 13);
        check(HdsHouse.BOTH, 13, List.of(0L, 1L, 2L));
        assertTrue(file(1).orElseThrow().lender().isEmpty());
        assertEquals(ownBytes(1), file(1).orElseThrow().length());
    }

    @Test
    void aFragmentIsWholeWhereTheLenderLostFrames() throws IOException {
        SimulatedStream stream = stream(HdsHouse.BOTH);
        run(stream, 6);
        hls.onGap(3);
        run(stream, 8);
        check(HdsHouse.BOTH, 14, List.of(0L, 1L, 2L));
        assertTrue(file(1).orElseThrow().lender().isEmpty());
        assertTrue(file(2).orElseThrow().lender().isPresent());
    }

    @Test
    void aFragmentThatLostFramesHoldsNothing() {
        SimulatedStream stream = stream(HdsHouse.BOTH);
        run(stream, 6);
        hds.onGap(3);
        run(stream, 12);
        assertTrue(file(1).isEmpty());
        assertTrue(file(2).isPresent());
        assertTrue(file(3).orElseThrow().lender().isPresent());
    }

    @Test
    void bytesCountOnceAndGoWithTheLastWhoNeedsThem() {
        SimulatedStream stream = stream(HdsHouse.BOTH);
        run(stream, 200);
        long both = store.stats().bytes();
        run(stream, 40);
        assertTrue(store.stats().bytes() < both * 11 / 10, "as many after a window as before");
        hls.onClosed(OVER);
        hds.onClosed(OVER);
        loop.advanceMs(300_000);
        assertEquals(0, store.stats().bytes());
        assertFalse(Files.exists(root.resolve("both/live")));
    }

    @Test
    void aFullStoreDeletesWhatIsLentWithWhoBorrowedIt() throws IOException {
        store.close();
        open(400_000, Optional.of(Duration.ofMinutes(2)));
        hds.feed().addListener(() -> {
            for (long number = 0; number < 40; number++) {
                file(number).ifPresent(file -> CheckedFragment.read(StoredBytes.of(file)));
            }
        });
        run(stream(HdsHouse.BOTH), 100);
        assertTrue(store.stats().evicted() > 0);
        assertTrue(store.stats().bytes() <= 400_000);
        assertTrue(file(0).isEmpty());
        assertTrue(file(23).orElseThrow().lender().isPresent());
    }

    @Test
    void nothingIsLentToWhoRefusesTheStream() {
        Track hevc = new Track(Track.VIDEO, new HevcConfig(Bytes.of(1, 2, 3)));
        run(stream(List.of(hevc, SimulatedStream.AUDIO)), 13);
        assertInstanceOf(HdsAnswer.Missing.class, hds.feed().find(new HdsResource.Fragment(0)));
        assertTrue(hds.feed().refusal().isPresent());
    }
}
