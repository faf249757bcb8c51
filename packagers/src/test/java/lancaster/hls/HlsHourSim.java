package lancaster.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import lancaster.hlscheck.Findings;
import lancaster.hlscheck.HlsWatch;
import lancaster.hlscheck.OtherReaders;
import lancaster.hlscheck.Rule;
import lancaster.kit.SimRunLoop;
import lancaster.media.Track;
import lancaster.segment.SegmentFixtures;
import lancaster.segment.SegmentFormat;
import lancaster.segment.SegmentStore;
import lancaster.stream.CloseReason;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hours of stream time through the packager, every list and every segment under the strict checker. */
@Tag("sim")
@Execution(ExecutionMode.CONCURRENT)
class HlsHourSim {
    private static final List<Track> BOTH = List.of(SimulatedStream.VIDEO, SimulatedStream.AUDIO);
    private static final double TS_OFFSET_S = 1.4;
    private static final double STEP_S = 1;

    @TempDir
    Path root;

    private final SimRunLoop loop = new SimRunLoop();
    private final List<HlsWatch> watches = new ArrayList<>();
    private final List<OtherReaders> otherReaders = new ArrayList<>();
    private SegmentStore store;
    private HlsPackager packager;

    @BeforeEach
    void open() throws IOException {
        store = new SegmentStore(root, Long.MAX_VALUE);
        packager = new HlsPackager(
                new StreamPath("live", "townhall"),
                new HlsSettings(6, List.of(SegmentFormat.TS, SegmentFormat.FMP4), false),
                store,
                loop,
                hash -> {},
                () -> {});
        for (String format : List.of("ts", "fmp4")) {
            OtherReaders readers = new OtherReaders(path -> Served.load(packager.feed(), path, Optional.of(format)));
            otherReaders.add(readers);
            watches.add(new HlsWatch("live/townhall.m3u8", readers));
        }
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void anHourWithReconnectsBreaksNoRule() {
        SimulatedStream stream = stream(BOTH, 25, 2);
        SplittableRandom random = new SplittableRandom(1);
        double sinceReconnect = 0;
        for (int time = 0; time < 3600; time += (int) STEP_S) {
            step(stream);
            sinceReconnect += STEP_S;
            if (sinceReconnect > 100 && random.nextInt(200) == 0) {
                stream.reconnect(3600 + random.nextInt(90_000));
                sinceReconnect = 0;
            }
        }
        assertTrue(checkedSegments() > 10);
        otherReaders.forEach(readers -> assertTrue(readers.playlistsRead() > 900, () -> "" + readers.playlistsRead()));
        assertNone();
    }

    @ParameterizedTest
    @ValueSource(doubles = {3, 10, 60})
    void longGroupsOfPicturesBreakNoRuleButThatTheirSegmentsLackSyncSamples(double secondsPerGroup) {
        run(stream(BOTH, 30, secondsPerGroup), 300);
        Set<Rule> expected = secondsPerGroup > 6 ? Set.of(Rule.HAS_SYNC_SAMPLE) : Set.of();
        assertEquals(expected, rules(), this::found);
    }

    @Test
    void audioAloneBreaksNoRule() {
        run(stream(List.of(SimulatedStream.AUDIO), 25, 2), 600);
        assertNone();
    }

    @Test
    void videoAloneBreaksNoRule() {
        run(stream(List.of(SimulatedStream.VIDEO), 29.97, 2), 600);
        assertNone();
    }

    @Test
    void changesOfConfigurationBreakNoRule() {
        SimulatedStream stream = stream(BOTH, 25, 2);
        for (int i = 0; i < 10; i++) {
            run(stream, 61);
            stream.reconnect(3600);
            stream.configure(
                    List.of(i % 2 == 0 ? SimulatedStream.SMALL_VIDEO : SimulatedStream.VIDEO, SimulatedStream.AUDIO));
        }
        assertNone();
    }

    @Test
    void timestampsThatWrapBreakNoRule() {
        // The 33 bits of a transport stream end after 26.5 hours.
        SimulatedStream stream = stream(BOTH, 25, 2);
        stream.reconnect((1L << 33) - 126_000 - 60 * SegmentFixtures.SECOND);
        run(stream, 120);
        assertNone();
    }

    @Test
    void lostAccessUnitsAreGapsAndBreakNoRule() {
        SimulatedStream stream = stream(BOTH, 25, 2);
        for (int i = 0; i < 10; i++) {
            run(stream, 33);
            packager.onGap(1);
        }
        run(stream, 60);
        assertNone();
    }

    @Test
    void anEndBreaksNoRule() {
        SimulatedStream stream = stream(BOTH, 25, 2);
        run(stream, 101);
        stream.end();
        packager.onClosed(new CloseReason(CloseReason.Kind.ENDED, "the stream is over"));
        for (int i = 0; i < 200; i++) {
            loop.advanceMs(500);
            poll();
        }
        assertNone();
        assertEquals(0, store.stats().files());
    }

    private SimulatedStream stream(List<Track> tracks, double framesPerSecond, double secondsPerGroup) {
        return new SimulatedStream(SegmentFixtures.RECORD, tracks, framesPerSecond, secondsPerGroup, packager::onEvent);
    }

    private void run(SimulatedStream stream, double seconds) {
        for (double time = 0; time < seconds; time += STEP_S) {
            step(stream);
        }
    }

    private void step(SimulatedStream stream) {
        stream.run(STEP_S);
        loop.advanceMs(Math.round(STEP_S * 1000));
        poll();
    }

    private void poll() {
        long nowMicros = loop.nowNs() / 1000;
        watches.forEach(watch -> watch.poll(nowMicros));
        HlsWatch.compare(
                watches.get(0), watches.get(1), -TS_OFFSET_S, watches.get(1).findings());
    }

    private long checkedSegments() {
        return watches.stream().mapToLong(HlsWatch::segmentsSeen).sum();
    }

    private Set<Rule> rules() {
        Set<Rule> rules = watches.get(0).findings().rules();
        rules.addAll(watches.get(1).findings().rules());
        return rules;
    }

    private String found() {
        return watches.stream()
                .map(watch -> watch.findings().toString())
                .toList()
                .toString();
    }

    private void assertNone() {
        watches.stream().map(HlsWatch::findings).forEach(Findings::assertNone);
    }
}
