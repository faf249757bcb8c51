package lancaster.republish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import lancaster.kit.GoldenFile;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.publisher.FlvFileSource;
import lancaster.republish.TargetStats.State;
import lancaster.rtmp.session.MediaBatch;
import lancaster.rtmp.session.Relay;
import lancaster.rtmp.session.RelayStats;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.runloop.RunLoop;
import lancaster.stream.EndReason;
import lancaster.stream.Publication;
import lancaster.stream.PublishOutcome;
import lancaster.stream.PublisherInfo;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import lancaster.stream.TimelineDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that are sent on in virtual time, to servers that fail as a test says. */
@Tag("sim")
class RepublishersSim {
    private static final StreamPath PATH = StreamPath.parse("live/a");
    private static final TargetSettings ONE = target("rtmp://one/live/a?key=SECRET");
    private static final TargetSettings TWO = target("rtmp://two/live/a");
    private static final TargetSettings THREE = target("rtmp://three/live2/abcd-1234-efgh-5678");
    private static final long STEP_MS = 10;

    @TempDir
    Path folder;

    private final SimRunLoop loop = new SimRunLoop();
    private final Map<StreamPath, List<TargetSettings>> configured = new HashMap<>();
    private final List<FakeUplink> uplinks = new ArrayList<>();
    private StreamRegistry streams;
    private Republishers republishers;
    private FlvFileSource source;
    private Publication publication;
    private MediaEvent next;

    /** A connection that does what a test says. */
    private final class FakeUplink implements Relay {
        final TargetSettings target;
        final RtmpClientListener listener;
        final long dialledNs = loop.nowNs();
        final List<MediaBatch> offered = new ArrayList<>();
        boolean closed;
        boolean breaks;

        FakeUplink(TargetSettings target, RtmpClientListener listener) {
            this.target = target;
            this.listener = listener;
        }

        @Override
        public void offer(MediaBatch batch) {
            if (breaks) {
                throw new IllegalStateException("broken");
            }
            offered.add(batch);
        }

        @Override
        public RelayStats stats() {
            return new RelayStats(offered.size(), 0, 0, 0, 0);
        }

        @Override
        public void close() {
            closed = true;
            listener.onClosed("closed by us");
        }
    }

    @BeforeEach
    void start() throws IOException {
        Files.write(folder.resolve("media.flv"), GoldenFile.media("avc-aac.flv").toArray());
        InstantSource clock = () -> Instant.ofEpochSecond(1_800_000_000).plusNanos(loop.nowNs());
        streams = new StreamRegistry(
                new TimelineDirectory(folder.resolve("timeline"), loop), clock, new SplittableRandom(1));
        republishers = new Republishers(
                new Uplinks() {
                    @Override
                    public RunLoop loop(StreamPath path) {
                        return loop;
                    }

                    @Override
                    public Relay dial(StreamPath path, TargetSettings target, RtmpClientListener listener) {
                        FakeUplink uplink = new FakeUplink(target, listener);
                        uplinks.add(uplink);
                        return uplink;
                    }
                },
                path -> configured.getOrDefault(path, List.of()),
                clock,
                new SplittableRandom(2));
        streams.addListener(republishers);
        configured.put(PATH, List.of(ONE, TWO, THREE));
    }

    @Test
    void targetsAreUpAsLongAsTheStreamIs() throws IOException {
        publish();
        runMs(1_000);
        assertEquals(3, uplinks.size());
        uplinks.forEach(uplink -> uplink.listener.onStarted());
        runMs(2_000);
        for (TargetStats stats : republishers.find(PATH)) {
            assertEquals(State.PUBLISHING, stats.state());
            assertTrue(stats.counters().sentMessages() > 10, stats::toString);
        }
        endStream();
        assertTrue(uplinks.stream().allMatch(uplink -> uplink.closed));
        assertEquals(List.of(), republishers.all());
        loop.advanceMs(120_000);
        assertEquals(3, uplinks.size(), "nothing is tried again for a stream that is over");
    }

    @Test
    void allTargetsGetTheSameBatches() throws IOException {
        publish();
        runMs(2_000);
        List<MediaBatch> first = uplinks.get(0).offered;
        assertTrue(first.stream().anyMatch(MediaBatch::isEntry));
        for (FakeUplink uplink : uplinks) {
            assertEquals(first.size(), uplink.offered.size());
            for (int i = 0; i < first.size(); i++) {
                assertSame(first.get(i), uplink.offered.get(i));
            }
        }
        assertTrue(first.size() < 60, "frames are sent together: " + first.size());
    }

    @Test
    void eachFailsAndRecoversAlone() throws IOException {
        publish();
        runMs(1_000);
        uplinks.forEach(uplink -> uplink.listener.onStarted());
        FakeUplink two = uplinks.get(1);
        two.listener.onClosed("the server closed the connection");
        TargetStats failed = republishers.find(PATH).get(1);
        assertEquals(State.WAITING, failed.state());
        assertEquals("the server closed the connection", failed.reason().orElseThrow());
        runMs(2_000);
        assertEquals(4, uplinks.size());
        FakeUplink again = uplinks.get(3);
        assertEquals(TWO, again.target);
        again.listener.onStarted();
        assertTrue(again.offered.get(0).isEntry(), "it begins where a viewer can begin");
        two.listener.onClosed("said late by the connection before");
        assertEquals(State.PUBLISHING, republishers.find(PATH).get(1).state());
        assertEquals(2, republishers.find(PATH).get(1).publications());
        assertEquals(1, republishers.find(PATH).get(0).attempts());
        uplinks.get(0).breaks = true;
        int before = uplinks.get(2).offered.size();
        runMs(1_000);
        assertNotEquals(State.PUBLISHING, republishers.find(PATH).get(0).state());
        assertTrue(uplinks.get(2).offered.size() > before + 5);
    }

    @Test
    void attemptsComeMoreSeldomAndNotTogether() throws IOException {
        publish();
        runMs(100);
        for (int i = 0; i < 300; i++) {
            for (FakeUplink uplink : List.copyOf(uplinks)) {
                if (!uplink.closed) {
                    uplink.closed = true;
                    uplink.listener.onClosed("connection refused");
                }
            }
            runMs(1_000);
        }
        long attempts = republishers.find(PATH).get(0).attempts();
        assertTrue(attempts >= 12 && attempts <= 30, "attempts " + attempts);
        List<Long> ofOne = times(ONE);
        List<Long> ofTwo = times(TWO);
        assertNotEquals(ofOne.get(ofOne.size() - 1), ofTwo.get(ofTwo.size() - 1));
        long lastGapNs = ofOne.get(ofOne.size() - 1) - ofOne.get(ofOne.size() - 2);
        assertTrue(lastGapNs >= 15_000_000_000L && lastGapNs <= 32_000_000_000L, "gap " + lastGapNs);
    }

    @Test
    void otherTargetsAreConfiguredAndThoseThatStayAreNotTouched() throws IOException {
        publish();
        runMs(1_000);
        uplinks.forEach(uplink -> uplink.listener.onStarted());
        configured.put(PATH, List.of(TWO, target("rtmp://four/live/a")));
        republishers.reconfigure(streams.find(PATH).orElseThrow());
        runMs(1_000);
        assertTrue(uplinks.get(0).closed && uplinks.get(2).closed);
        assertTrue(!uplinks.get(1).closed);
        assertEquals(4, uplinks.size());
        assertTrue(uplinks.get(3).offered.get(0).isEntry());
        configured.put(PATH, List.of());
        republishers.reconfigure(streams.find(PATH).orElseThrow());
        runMs(100);
        assertTrue(uplinks.stream().allMatch(uplink -> uplink.closed));
    }

    @Test
    void oneIsStoppedAndStartedByHandAndTheOthersGoOn() throws IOException {
        publish();
        runMs(1_000);
        uplinks.forEach(uplink -> uplink.listener.onStarted());
        long id = republishers.find(PATH).get(1).id();
        TargetStats stopped = settled(republishers.stop(PATH, id)).orElseThrow();
        assertEquals(State.STOPPED, stopped.state());
        assertTrue(uplinks.get(1).closed);
        runMs(40_000);
        assertEquals(3, uplinks.size(), "nothing is tried meanwhile");
        assertEquals(State.PUBLISHING, republishers.find(PATH).get(0).state());
        assertEquals(0, republishers.find(PATH).get(1).counters().queuedBytes());
        assertEquals(
                State.CONNECTING,
                settled(republishers.start(PATH, id)).orElseThrow().state());
        assertEquals(TWO, uplinks.get(3).target);
        assertTrue(uplinks.get(3).offered.get(0).isEntry());
        assertTrue(settled(republishers.start(PATH, id + 100)).isEmpty());
        assertTrue(settled(republishers.stop(StreamPath.parse("live/b"), id)).isEmpty());
    }

    @Test
    void whatIsStoppedStaysSoWhenTheStreamComesBackUntilItIsNoTargetAnyMore() throws IOException {
        publish();
        runMs(1_000);
        settled(republishers.stop(PATH, republishers.find(PATH).get(1).id()));
        endStream();
        publish();
        runMs(1_000);
        assertEquals(
                List.of(State.CONNECTING, State.STOPPED, State.CONNECTING),
                republishers.find(PATH).stream().map(TargetStats::state).toList());
        configured.put(PATH, List.of(ONE));
        republishers.reconfigure(streams.find(PATH).orElseThrow());
        runMs(10);
        configured.put(PATH, List.of(ONE, TWO));
        republishers.reconfigure(streams.find(PATH).orElseThrow());
        runMs(10);
        assertEquals(State.CONNECTING, republishers.find(PATH).get(1).state());
        long id = republishers.find(PATH).get(1).id();
        settled(republishers.stop(PATH, id));
        configured.put(PATH, List.of(ONE, new TargetSettings(TWO.url(), Duration.ofSeconds(9))));
        republishers.reconfigure(streams.find(PATH).orElseThrow());
        runMs(10);
        assertEquals(State.STOPPED, republishers.find(PATH).get(1).state());
        assertEquals(id, republishers.find(PATH).get(1).id(), "with another buffer it is the same one");
    }

    @Test
    void whoStartsOneThatWaitsNeedNotWait() throws IOException {
        publish();
        runMs(100);
        for (int i = 0; i < 100; i++) {
            uplinks.stream().filter(uplink -> !uplink.closed).forEach(FakeUplink::close);
            runMs(1_000);
        }
        while (republishers.find(PATH).get(0).state() != State.WAITING) {
            uplinks.stream().filter(uplink -> !uplink.closed).forEach(FakeUplink::close);
        }
        int before = uplinks.size();
        long id = republishers.find(PATH).get(0).id();
        assertEquals(
                State.CONNECTING,
                settled(republishers.start(PATH, id)).orElseThrow().state());
        assertEquals(before + 1, uplinks.size());
        runMs(60_000);
        assertEquals(
                1,
                times(ONE).stream()
                        .filter(at -> at >= uplinks.get(before).dialledNs)
                        .count());
    }

    @Test
    void noKeyIsShown() throws IOException {
        publish();
        runMs(100);
        assertEquals(
                List.of("rtmp://one/live/a?...", "rtmp://two/live/a", "rtmp://three/live2/abcd..."),
                republishers.all().stream().map(TargetStats::target).toList());
    }

    private <T> T settled(CompletableFuture<T> answer) throws IOException {
        runMs(STEP_MS);
        return answer.join();
    }

    private List<Long> times(TargetSettings target) {
        return uplinks.stream()
                .filter(uplink -> uplink.target.equals(target))
                .map(uplink -> uplink.dialledNs)
                .toList();
    }

    private void endStream() {
        publication.end(EndReason.UNPUBLISHED);
        next = null;
        loop.advanceMs(StreamSettings.DEFAULTS.linger().toMillis() + 1_000);
    }

    private void publish() throws IOException {
        source = new FlvFileSource(folder.resolve("media.flv"), true);
        PublisherInfo info = new PublisherInfo("test", "192.0.2.1:1000", "fake");
        publication = ((PublishOutcome.Accepted)
                        streams.publish(PATH, info, reason -> {}, loop, StreamSettings.DEFAULTS))
                .publication();
    }

    private void runMs(long ms) throws IOException {
        for (long passed = 0; passed < ms; passed += STEP_MS) {
            while (true) {
                MediaEvent event = next == null ? source.next().orElseThrow() : next;
                next = event;
                if (event instanceof AccessUnit unit && Timebase.toNs(unit.dts90k()) > loop.nowNs()) {
                    break;
                }
                next = null;
                publication.publish(event);
            }
            loop.advanceMs(STEP_MS);
        }
    }

    private static TargetSettings target(String url) {
        return new TargetSettings(RtmpUrl.parse(url), Duration.ofSeconds(2));
    }
}
