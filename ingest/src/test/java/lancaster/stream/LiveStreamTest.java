package lancaster.stream;

import static lancaster.stream.StreamHouse.PATH;
import static lancaster.stream.StreamHouse.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.kit.GoldenFile;
import lancaster.kit.SimRunLoop;
import lancaster.media.Mark;
import lancaster.media.TimelineRecord;
import lancaster.media.Track;
import lancaster.stream.PublishOutcome.Reason;
import lancaster.stream.PublishOutcome.Refused;
import lancaster.stream.StreamStats.TrackStats;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveStreamTest {
    private static final long LINGER_MS = StreamSettings.DEFAULTS.linger().toMillis();

    @TempDir
    private Path state;

    private StreamHouse house;
    private final FakeEncoder encoder = new FakeEncoder();

    @BeforeEach
    void build() {
        house = new StreamHouse(state);
        encoder.firstMs = 7_000;
    }

    /** Begins and runs for {@code ms}. */
    private Publication start(FakeEncoder used, long ms) {
        Publication publication = house.publish();
        used.begin(publication::publish);
        house.run(used, publication, 0, ms);
        return publication;
    }

    private static StreamSettings settings(SecondPublisher policy, Optional<Duration> gopLimit) {
        StreamSettings defaults = StreamSettings.DEFAULTS;
        return new StreamSettings(
                defaults.segment(),
                defaults.part(),
                defaults.formats(),
                gopLimit,
                policy,
                defaults.linger(),
                defaults.silence());
    }

    @Test
    void looksLikeThis() {
        FakeEncoder small = new FakeEncoder();
        small.firstMs = 1_000;
        small.gopFrames = 25;
        Publication publication = start(small, 4_500);
        publication.end(EndReason.UNPUBLISHED);
        house.loop.advanceMs(LINGER_MS);
        house.checkInvariants();
        GoldenFile.assertGolden("stream/ordinary.txt", EventDump.dump(house.sink.events));
    }

    @Test
    void cutsSegmentsAtRandomAccessPointsAndEndsWithAMark() {
        start(encoder, 12_000).end(EndReason.UNPUBLISHED);
        house.loop.advanceMs(LINGER_MS);
        assertEquals("CUT 0@0 CUT 1@4000 CUT 2@8000 END 3@12000", house.marks());
        assertEquals(
                300,
                house.sink.units().stream()
                        .filter(unit -> unit.trackId() == Track.VIDEO)
                        .count());
        assertEquals(
                List.of(CloseReason.Kind.ENDED),
                house.sink.closed.stream().map(CloseReason::kind).toList());
        assertTrue(house.registry.live().isEmpty());
        assertEquals(1, house.ended.size());
        assertEquals(List.of(), house.unmarkedBreaks());
        house.checkInvariants();
    }

    @Test
    void leavesOutSoundThatIsOlderThanTheFirstPicture() {
        Publication publication = house.publish();
        encoder.begin(publication::publish);
        for (int i = 0; i < 20; i++) {
            publication.publish(encoder.sound());
        }
        encoder.leap(300);
        publication.publish(encoder.picture());
        encoder.leap(-300);
        house.run(encoder, publication, 400, 1_000);
        assertEquals(Track.VIDEO, house.sink.units().get(0).trackId());
        assertEquals(0, house.sink.units().get(0).dts90k());
        assertEquals(15, house.stream().stats().tracks().get(1).dropped());
        house.checkInvariants();
    }

    @Nested
    class WhenTheEncoderIsGone {
        @Test
        void goesOnByTheClockBehindADiscontinuity() {
            start(encoder, 6_000).end(EndReason.LOST);
            house.loop.advanceMs(15_000);
            FakeEncoder again = new FakeEncoder();
            again.firstMs = 0;
            start(again, 4_100);
            house.checkInvariants();
            assertEquals("CUT 0@0 CUT 1@4000 DISCONTINUITY 2@21000 CUT 3@25000", house.marks());
            Mark before = house.sink.marks().get(1);
            Mark after = house.sink.marks().get(2);
            assertNear(17_000, after.utcMs() - before.utcMs(), 20);
            assertEquals(List.of(), house.unmarkedBreaks());
            assertEquals(1, house.stream().stats().timeline().publisherChanges());
        }

        @Test
        void standsAtLeastAFrameBehindTheLastEvenWhenTheEncoderRanAhead() {
            Publication publication = house.publish();
            encoder.begin(publication::publish);
            encoder.runUntil(30_000, publication::publish);
            house.loop.advanceMs(100);
            publication.end(EndReason.LOST);
            start(new FakeEncoder(), 1_000);
            Mark last = house.sink.marks().get(house.sink.marks().size() - 1);
            assertTrue(last.isDiscontinuity());
            assertNear(30_000, last.start90k() / 90, 50);
            house.checkInvariants();
        }

        @Test
        void waitsAndSaysSo() {
            Publication publication = start(encoder, 2_000);
            assertEquals(Optional.empty(), house.stream().stats().waitingForEncoderSince());
            publication.end(EndReason.LOST);
            StreamStats stats = house.stream().stats();
            assertEquals(Optional.empty(), stats.publisher());
            assertEquals(
                    1_800_000_002_000L,
                    stats.waitingForEncoderSince().orElseThrow().toEpochMilli());
            house.loop.advanceMs(LINGER_MS - 1);
            assertEquals(1, house.registry.live().size());
            house.loop.advanceMs(1);
            assertEquals(0, house.registry.live().size());
        }

        @Test
        void laterStreamGoesOnCountingByTheJournal() {
            start(encoder, 6_000).end(EndReason.UNPUBLISHED);
            house.loop.advanceMs(LINGER_MS);
            start(new FakeEncoder(), 1_000);
            assertEquals("CUT 0@0 CUT 1@4000 END 2@6000 DISCONTINUITY 2@6040", house.marks());
        }

        @Test
        void publicationThatEndsDuringItsProbeIsNotLost() {
            encoder.hasAudio = false;
            Publication publication = house.publish();
            publication.publish(encoder.videoConfig);
            house.run(encoder, publication, 0, 400);
            publication.end(EndReason.UNPUBLISHED);
            house.loop.advanceMs(LINGER_MS);
            assertEquals(10, house.sink.units().size());
        }
    }

    @Nested
    class WhenASecondPublisherComes {
        @Test
        void takesOverAtOnce() {
            Publication first = start(encoder, 3_000);
            Publication second = house.publish();
            assertEquals(CloseReason.Kind.SUPERSEDED, house.closed.get(0).kind());
            FakeEncoder other = new FakeEncoder();
            other.begin(second::publish);
            house.run(other, second, 0, 2_000);
            int units = house.sink.units().size();
            encoder.runUntil(10_000, first::publish);
            first.end(EndReason.LOST);
            house.loop.advanceMs(10);
            assertEquals(units, house.sink.units().size(), "the first one is not heard any more");
            assertEquals("CUT 0@0 DISCONTINUITY 1@3040", house.marks());
            assertTrue(house.stream().stats().publisher().isPresent());
            house.checkInvariants();
        }

        @Test
        void isRefusedWhileThePresentOneSpeaks() {
            start(encoder, 1_000);
            StreamSettings reject = settings(SecondPublisher.REJECT, Optional.empty());
            house.loop.advanceMs(4_900);
            Refused refused = assertInstanceOf(Refused.class, house.tryPublish(reject));
            assertEquals(Reason.BUSY, refused.reason());
            assertTrue(refused.description().contains("10.0.0.5"), refused::description);
            assertEquals(List.of(), house.closed);
            house.loop.advanceMs(100);
            house.publish(reject);
            assertEquals(CloseReason.Kind.SUPERSEDED, house.closed.get(0).kind());
        }
    }

    @Test
    void kickFreesTheNameAtOnce() {
        start(encoder, 1_000);
        assertTrue(house.registry.kick(PATH, "wrong camera"));
        assertEquals(List.of(new CloseReason(CloseReason.Kind.KICKED, "wrong camera")), house.closed);
        assertFalse(house.registry.kick(PATH, "again"));
        assertFalse(house.registry.kick(StreamPath.parse("live/nobody"), "nobody"));
        StreamSettings reject = settings(SecondPublisher.REJECT, Optional.empty());
        house.publish(reject);
    }

    @Test
    void longGroupsOfPicturesAreRefusedWhereALimitIsSet() {
        encoder.gopFrames = 250;
        Publication publication = house.publish(settings(SecondPublisher.TAKEOVER, Optional.of(Duration.ofSeconds(6))));
        encoder.begin(publication::publish);
        house.run(encoder, publication, 0, 8_000);
        assertEquals(CloseReason.Kind.REFUSED, house.closed.get(0).kind());
        assertTrue(house.closed.get(0).description().contains("6000 ms"), house.closed.get(0)::description);
        assertTrue(house.stream().stats().waitingForEncoderSince().isPresent());
    }

    @Test
    void groupOfPicturesAsLongAsTheLimitIsFine() {
        encoder.gopFrames = 150;
        Publication publication = house.publish(settings(SecondPublisher.TAKEOVER, Optional.of(Duration.ofSeconds(6))));
        encoder.begin(publication::publish);
        house.run(encoder, publication, 0, 20_000);
        assertEquals(List.of(), house.closed);
    }

    @Test
    void closingTheRegistryEndsAllStreams() {
        start(encoder, 1_000);
        assertFalse(house.registry.close().isDone());
        house.loop.runDue();
        assertTrue(house.registry.close().isDone());
        assertEquals(Mark.Kind.END, house.sink.marks().get(1).kind());
        assertEquals(CloseReason.Kind.ENDED, house.closed.get(0).kind());
        assertEquals(
                Reason.CLOSING,
                assertInstanceOf(Refused.class, house.tryPublish(StreamSettings.DEFAULTS))
                        .reason());
    }

    @Test
    void subscriberWhoseLoopIsStuckIsCutAndOthersDoNotNotice() {
        SimRunLoop stuck = new SimRunLoop();
        RecordedSink slow = new RecordedSink();
        Publication publication = start(encoder, 1_000);
        Subscription subscription = house.stream()
                .subscribe(
                        new SubscriptionSettings(
                                "slow",
                                Start.NEXT_RANDOM_ACCESS,
                                OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT,
                                1 << 20,
                                Duration.ofSeconds(3)),
                        stuck,
                        slow);
        house.run(encoder, publication, 1_000, 60_000);
        assertEquals(0, house.sink.gapAccessUnits);
        assertEquals(
                61_000 / 40,
                house.sink.units().stream()
                        .filter(unit -> unit.trackId() == Track.VIDEO)
                        .count());
        StreamStats.SubscriptionStats stats = subscription.stats();
        assertTrue(stats.cuts() >= 14, stats::toString);
        assertTrue(stats.queuedMs() <= 3_000, stats::toString);
        stuck.runDue();
        assertEquals(15, slow.marks().size(), "marks are never left out");
        assertTrue(slow.gapAccessUnits > 2_000);
        assertTrue(slow.units().get(0).randomAccess());
        assertNear(58_000, slow.units().get(0).dts90k() / 90, 2_000);
    }

    @Test
    void theLoopIsToldOfTheLeastPatientOutput() {
        Publication publication = start(encoder, 1_000);
        long usualNs = SubscriptionSettings.USUAL_PATIENCE.toNanos();
        assertEquals(usualNs, house.loop.lookWithinNs());
        Subscription hasty = house.stream()
                .subscribe(
                        new SubscriptionSettings(
                                "hasty",
                                Start.NEXT_RANDOM_ACCESS,
                                OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT,
                                1 << 20,
                                Duration.ofSeconds(3),
                                Duration.ofNanos(1)),
                        house.loop,
                        new RecordedSink());
        house.run(encoder, publication, 1_000, 1_000);
        assertEquals(1, house.loop.lookWithinNs());
        hasty.close();
        house.run(encoder, publication, 2_000, 1_000);
        assertEquals(usualNs, house.loop.lookWithinNs());
    }

    @Test
    void failedOutputsAreCounted() {
        Publication publication = start(encoder, 1_000);
        house.stream().subscribe(StreamHouse.WIDE, new GoneLoop(house.loop), new RecordedSink());
        house.run(encoder, publication, 1_000, 1_000);
        assertEquals(1, house.stream().stats().failedOutputs());
        assertEquals(1, house.stream().stats().subscriptions().size());
    }

    @Test
    void publisherOnAnotherLoopThatIsFasterThanTheStreamIsCut() {
        start(encoder, 1_000);
        SimRunLoop other = new SimRunLoop();
        Publication second = ((PublishOutcome.Accepted) house.registry.publish(
                        PATH, new PublisherInfo("test", "", ""), house.closed::add, other, StreamSettings.DEFAULTS))
                .publication();
        FakeEncoder flood = new FakeEncoder();
        flood.begin(second::publish);
        flood.runUntil(60_000, second::publish);
        house.loop.advanceMs(1_000);
        long lost = house.stream().stats().publisher().orElseThrow().lostAccessUnits();
        assertTrue(lost > 3_000, () -> "lost " + lost);
        flood.runUntil(64_000, second::publish);
        second.end(EndReason.UNPUBLISHED);
        house.loop.advanceMs(1_000);
        assertTrue(house.stream().stats().waitingForEncoderSince().isPresent());
        house.checkInvariants();
    }

    @Nested
    class WhenTheDiskIsStuck {
        private final List<Runnable> disk = new ArrayList<>();

        private Publication publish() {
            house = new StreamHouse(new TimelineDirectory(state, disk::add), new SimRunLoop(), 1_800_000_000_000L);
            Publication publication = house.publish();
            encoder.begin(publication::publish);
            return publication;
        }

        @Test
        void holdsWhatComesUntilTheFileIsOpen() {
            Publication publication = publish();
            house.run(encoder, publication, 0, 3_000);
            assertEquals(List.of(), house.sink.events);
            assertTrue(house.registry.live().isEmpty());
            disk.remove(0).run();
            house.loop.advanceMs(20);
            assertEquals(
                    75,
                    house.sink.units().stream()
                            .filter(unit -> unit.trackId() == Track.VIDEO)
                            .count());
        }

        @Test
        void refusesThePublisherAfterFiveSeconds() {
            Publication publication = publish();
            house.run(encoder, publication, 0, 5_000);
            assertEquals(CloseReason.Kind.FAILED, house.closed.get(0).kind());
            house.loop.advanceMs(LINGER_MS);
            disk.remove(0).run();
            house.loop.advanceMs(20);
            assertTrue(house.registry.live().isEmpty());
            assertEquals(List.of(), house.sink.events);
        }
    }

    @Test
    void hashesTravelWithTheNextMark() {
        Publication publication = start(encoder, 3_000);
        Mark.SegmentHash hash = new Mark.SegmentHash("ts", 0, Bytes.wrap(new byte[32]));
        house.stream().reportSegmentHash(hash);
        house.run(encoder, publication, 3_000, 6_000);
        assertEquals(List.of(hash), house.sink.marks().get(1).hashes());
        assertEquals(List.of(), house.sink.marks().get(2).hashes());
    }

    @Test
    void tellsHowTheInputDoes() {
        encoder.audioPpm = 1_000;
        start(encoder, 20_000);
        StreamStats stats = house.stream().stats();
        TrackStats video = stats.tracks().get(0);
        assertEquals("H.264", video.codec());
        assertEquals(25, video.framesPerSecond(), 0.1);
        assertEquals(25 * 5 * 8, video.bitsPerSecond());
        assertEquals(25 * 5 * 8, video.averageBitsPerSecond());
        assertEquals(new StreamStats.GopStats(50, 2_000, 50, 2_000), video.gop().orElseThrow());
        assertEquals(46.9, stats.tracks().get(1).framesPerSecond(), 0.2);
        assertNear(20, stats.avDriftMs().orElseThrow(), 2);
        assertEquals(4, stats.timeline().segmentNumber());
        assertEquals("fake", stats.publisher().orElseThrow().info().encoder());
        assertEquals("test", stats.subscriptions().get(0).name());
        house.loop.advanceMs(3_000);
        assertNear(3_000, house.stream().stats().publisher().orElseThrow().lastMediaAgeMs(), 20);
        assertEquals(0, house.stream().stats().tracks().get(0).bitsPerSecond());
    }

    @Test
    void recordTellsHowItIsPackaged() {
        start(encoder, 100);
        TimelineRecord record = house.stream().record();
        assertEquals(360_000, record.segment90k());
        assertEquals(6, record.targetDurationS());
        assertEquals(List.of("ts", "fmp4"), record.formats());
        assertTrue(record.independentSegments());
    }
}
