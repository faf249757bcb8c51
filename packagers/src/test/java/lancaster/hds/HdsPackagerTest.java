package lancaster.hds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.hdscheck.CheckedBootstrap;
import lancaster.hdscheck.CheckedBootstrap.Entry;
import lancaster.hdscheck.CheckedFragment;
import lancaster.hls.SimulatedStream;
import lancaster.kit.GoldenFile;
import lancaster.media.CodecConfig.HevcConfig;
import lancaster.media.Track;
import lancaster.segment.SegmentFixtures;
import lancaster.segment.SegmentStore;
import lancaster.stream.CloseReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdsPackagerTest {
    private static final String MANIFEST = "live/townhall.f4m";

    @TempDir
    Path root;

    private HdsHouse house;

    @BeforeEach
    void open() {
        house = new HdsHouse(root, new HdsSettings(5, Optional.empty()));
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private SimulatedStream stream() {
        return house.stream(HdsHouse.BOTH, 2);
    }

    @Test
    void listsFromTheFirstFragmentOn() {
        SimulatedStream stream = stream();
        stream.run(3.9);
        HdsAnswer.Missing missing = assertInstanceOf(HdsAnswer.Missing.class, house.find(MANIFEST));
        assertEquals(Duration.ZERO, missing.maxAge());
        assertFalse(house.packager.feed().listed());
        stream.run(0.2);
        assertEquals(
                List.of(new CheckedBootstrap.Listed(0, 0, 4000)),
                house.bootstrap().fragments());
        assertTrue(house.bootstrap().live());
        house.check();
    }

    @Test
    void fragmentsHaveTheNumbersOfTheTimeline() {
        SimulatedStream stream = stream().numberedFrom(2_717_000, 3);
        house.run(stream, 41);
        CheckedBootstrap bootstrap = house.bootstrap();
        assertEquals(5, bootstrap.fragmentsPerSegment());
        assertEquals(2_717_008, bootstrap.fragments().get(4).number());
        house.check();
    }

    @Test
    void oneEntryOfTheTableIsEnoughForFragmentsOfOneLength() {
        house.run(stream(), 41);
        assertEquals(1, house.bootstrap().entries().size());
        assertEquals(90 + 16, house.document("live/townhall/hds/stream.abst").length());
    }

    @Test
    void theVersionOfTheBootstrapRisesWithEveryFragment() {
        SimulatedStream stream = stream();
        long last = 0;
        for (int fragment = 0; fragment < 12; fragment++) {
            house.run(stream, 4.1);
            assertTrue(house.bootstrap().version() > last);
            last = house.bootstrap().version();
        }
    }

    @Test
    void manifestsDescribeTheStream() {
        house.run(stream(), 21);
        GoldenFile.assertGolden("hds/single.f4m", house.text(MANIFEST));
        GoldenFile.assertGolden("hds/set.f4m", house.text(MANIFEST + "?level=set"));
        GoldenFile.assertGolden("hds/stream.f4m", house.text("live/townhall/hds/stream.f4m"));
    }

    @Test
    void soundAloneIsCutByTimeAndDescribedAsSuch() {
        house.run(house.stream(List.of(SimulatedStream.AUDIO), 2), 21);
        GoldenFile.assertGolden("hds/audio.f4m", house.text(MANIFEST));
        assertTrue(house.fragment(2).independent());
        house.check();
    }

    @Test
    void aReconnectIsADiscontinuityWithoutALostNumber() {
        SimulatedStream stream = stream();
        house.run(stream, 10);
        stream.reconnect(3 * SegmentFixtures.SECOND);
        house.run(stream, 9);
        List<Entry> entries = house.bootstrap().entries();
        assertEquals(Optional.of(3), entries.get(2).indicator());
        assertEquals(3, entries.get(2).firstFragment());
        assertEquals(3, entries.get(3).firstFragment());
        assertTrue(entries.get(3).timestampMs() >= entries.get(2).timestampMs() + 2_900);
        house.check();
    }

    @Test
    void aReconnectWithoutAPauseIsNoJumpOfTimes() {
        SimulatedStream stream = stream();
        house.run(stream, 10);
        stream.reconnect(0);
        stream.configure(List.of(SimulatedStream.SMALL_VIDEO, SimulatedStream.AUDIO));
        house.run(stream, 9);
        house.check();
        assertEquals(
                SimulatedStream.SMALL_VIDEO.config().record(),
                house.fragment(4).tags().get(0).data().slice(5));
    }

    @Test
    void aFragmentThatLostFramesIsLeftOutBehindADiscontinuity() {
        SimulatedStream stream = stream();
        house.run(stream, 6);
        house.packager.onGap(3);
        house.run(stream, 8.5);
        List<Entry> entries = house.bootstrap().entries();
        assertEquals(new Entry(1, 4_000, 0, Optional.of(3)), entries.get(1));
        assertEquals(new Entry(2, 8_000, 4_000, Optional.empty()), entries.get(2));
        assertInstanceOf(HdsAnswer.Missing.class, house.find("live/townhall/hds/streamSeg1-Frag1"));
        house.check();
        assertEquals(1, house.packager.feed().stats().gaps());
    }

    @Test
    void aTableNeitherBeginsNorEndsWithWhatIsMissing() {
        SimulatedStream stream = stream();
        house.run(stream, 18);
        house.packager.onGap(1);
        house.run(stream, 3);
        assertEquals(3, lastListed().number());
        house.run(stream, 16);
        assertEquals(5, house.bootstrap().entries().get(0).firstFragment());
        house.check();
    }

    @Test
    void timesBeginAnewAfterTwentyFourDays() {
        SimulatedStream stream = stream();
        long period90k = HdsTime.PERIOD_MS * 90;
        stream.reconnect(period90k - 6 * SegmentFixtures.SECOND);
        house.run(stream, 14.5);
        assertTrue(lastListed().startMs() < 10_000, () -> lastListed().toString());
        assertEquals(
                3,
                house.bootstrap().entries().stream()
                        .flatMap(entry -> entry.indicator().stream())
                        .findFirst()
                        .orElseThrow());
        house.check();
    }

    @Test
    void theEndIsInTheTableAndMakesARecordingOfWhatIsListed() {
        SimulatedStream stream = stream();
        house.run(stream, 30);
        stream.end();
        house.packager.onClosed(new CloseReason(CloseReason.Kind.ENDED, "the stream is over"));
        assertTrue(house.bootstrap().ended());
        assertFalse(house.bootstrap().live());
        GoldenFile.assertGolden("hds/ended.f4m", house.text(MANIFEST));
        house.check();
        house.loop.advanceMs(40_000);
        assertInstanceOf(HdsAnswer.Missing.class, house.find(MANIFEST));
        assertFalse(house.gone);
        house.loop.advanceMs(60_000);
        assertTrue(house.gone);
        assertEquals(0, house.store.stats().files());
    }

    @Test
    void viewersMayGoBackAsFarAsTheyWerePromised() throws IOException {
        house.close();
        house = new HdsHouse(root, new HdsSettings(5, Optional.of(Duration.ofSeconds(60))));
        house.run(stream(), 200);
        List<CheckedBootstrap.Listed> fragments = house.bootstrap().fragments();
        long listedMs =
                house.bootstrap().currentMediaTimeMs() - fragments.get(0).startMs();
        assertTrue(listedMs >= 64_000 && listedMs <= 72_000, "listed " + listedMs + " ms");
        assertTrue(house.text(MANIFEST).contains("<dvrInfo windowDuration=\"60\"/>"));
        assertTrue(house.text(MANIFEST + "?level=set").contains("<dvrInfo windowDuration=\"60\"/>"));
        assertFalse(house.text("live/townhall/hds/stream.f4m").contains("dvrInfo"), "not in a stream level");
        house.check();
    }

    @Test
    void otherSettingsCountFromTheNextFragmentOn() {
        SimulatedStream stream = stream();
        house.run(stream, 60);
        house.packager.change(new HdsSettings(8, Optional.of(Duration.ofSeconds(20))));
        house.run(stream, 40);
        assertEquals(8, house.bootstrap().fragmentsPerSegment());
        assertTrue(house.text(MANIFEST).contains("<dvrInfo windowDuration=\"20\"/>"));
        house.packager.change(new HdsSettings(5, Optional.empty()));
        house.run(stream, 8);
        assertEquals(5, house.bootstrap().fragmentsPerSegment());
        house.check();
    }

    @Test
    void eachKeyFrameComesBehindItsConfigurations() {
        house.run(stream(), 9);
        CheckedFragment fragment = house.fragment(1);
        List<CheckedFragment.Tag> tags = fragment.tags();
        int keyFrames = 0;
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i).isKeyFrame()) {
                keyFrames++;
                assertTrue(tags.get(i - 1).isConfiguration() && tags.get(i - 2).isConfiguration());
            }
        }
        assertEquals(2, keyFrames);
        assertTrue(fragment.independent());
    }

    @Test
    void aFragmentWithoutAKeyFrameSaysSo() {
        house.run(house.stream(HdsHouse.BOTH, 10), 21);
        assertTrue(house.fragment(0).independent());
        assertFalse(house.fragment(1).independent());
        assertTrue(house.fragment(1).tags().get(0).isConfiguration());
    }

    @Test
    void aSecondPackagerMakesTheSameBytes() throws IOException {
        Path other = root.resolve("other");
        try (HdsHouse second = new HdsHouse(other, new HdsSettings(5, Optional.empty()))) {
            house.run(stream(), 25);
            second.run(second.stream(HdsHouse.BOTH, 2), 25);
            for (long number = 1; number < 6; number++) {
                assertEquals(house.bytes(number), second.bytes(number));
            }
            assertEquals(
                    house.document("live/townhall/hds/stream.abst"), second.document("live/townhall/hds/stream.abst"));
        }
    }

    @Test
    void whatPlayersOfHdsCantReadIsRefusedWithTheReason() {
        Track hevc = new Track(Track.VIDEO, new HevcConfig(Bytes.of(1, 2, 3)));
        house.run(house.stream(List.of(hevc, SimulatedStream.AUDIO), 2), 9);
        HdsAnswer.Missing missing = assertInstanceOf(HdsAnswer.Missing.class, house.find(MANIFEST));
        assertEquals(
                "This stream doesn't go out as HDS: HEVC can't be played by players of HDS: send H.264 video and AAC"
                        + " audio.",
                missing.reason());
        assertEquals(
                Optional.of("HEVC can't be played by players of HDS: send H.264 video and AAC audio"),
                house.packager.feed().refusal());
        assertEquals(0, house.store.stats().files());
    }

    @Test
    void aFullStoreCostsTheOldestFragmentsAndTheTableKnows() throws IOException {
        house.close();
        try (SegmentStore small = new SegmentStore(root, 300_000)) {
            HdsPackager packager = new HdsPackager(
                    HdsHouse.PATH,
                    new HdsSettings(50, Optional.empty()),
                    SegmentFixtures.RECORD,
                    small,
                    house.loop,
                    () -> {});
            packager.feed().addListener(() -> {
                HdsAnswer.Document abst = assertInstanceOf(
                        HdsAnswer.Document.class, packager.feed().find(new HdsResource.Bootstrap()));
                for (CheckedBootstrap.Listed listed :
                        CheckedBootstrap.read(abst.body().plain()).fragments()) {
                    assertInstanceOf(
                            HdsAnswer.File.class, packager.feed().find(new HdsResource.Fragment(listed.number())));
                }
            });
            new SimulatedStream(SegmentFixtures.RECORD, HdsHouse.BOTH, 25, 2, packager::onEvent).run(60);
            assertTrue(small.stats().evicted() > 0);
        }
        house = new HdsHouse(root, HdsSettings.DEFAULT);
    }

    private CheckedBootstrap.Listed lastListed() {
        List<CheckedBootstrap.Listed> fragments = house.bootstrap().fragments();
        return fragments.get(fragments.size() - 1);
    }
}
