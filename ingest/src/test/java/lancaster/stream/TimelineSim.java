package lancaster.stream;

import static lancaster.stream.StreamHouse.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long runs in virtual time. */
@Tag("sim")
@Execution(ExecutionMode.CONCURRENT)
class TimelineSim {
    private static final long HOUR_MS = 3_600_000;

    @TempDir
    private Path folder;

    private static Publication begin(StreamHouse house, FakeEncoder encoder) {
        Publication publication = house.publish();
        encoder.begin(publication::publish);
        return publication;
    }

    @ParameterizedTest
    @ValueSource(doubles = {50, -50})
    void anHourOfDriftHasNoBreakThatIsNoMark(double ppm) {
        StreamHouse house = new StreamHouse(folder);
        FakeEncoder encoder = new FakeEncoder();
        encoder.audioPpm = ppm;
        house.run(encoder, begin(house, encoder), 0, HOUR_MS);
        house.checkInvariants();
        assertEquals(List.of(), house.unmarkedBreaks());
        assertEquals(900, house.sink.marks().size());
        assertTrue(house.sink.marks().stream().noneMatch(Mark::isDiscontinuity));
        StreamStats stats = house.stream().stats();
        StreamStats.TrackStats audio = stats.tracks().get(1);
        assertNear(6, ppm > 0 ? audio.framesInserted() : audio.framesRemoved(), 1);
        assertEquals(0, ppm > 0 ? audio.framesRemoved() : audio.framesInserted());
        assertNear(Math.round(ppm * HOUR_MS / 1e6), stats.avDriftMs().orElseThrow(), 2);
    }

    @Test
    void twoBoxesWithOneRecordDecideAlike() throws IOException {
        StreamHouse first = new StreamHouse(folder.resolve("a"), new SimRunLoop(), 1_800_000_000_000L);
        FakeEncoder before = new FakeEncoder();
        Publication earlier = begin(first, before);
        first.run(before, earlier, 0, 9_000);
        earlier.end(EndReason.UNPUBLISHED);
        first.loop.advanceMs(60_000);

        Path file = folder.resolve("a/live/townhall.json");
        Files.createDirectories(folder.resolve("b/live"));
        Files.copy(file, folder.resolve("b/live/townhall.json"));
        List<List<String>> dumps = new ArrayList<>();
        for (String box : List.of("a", "b")) {
            SimRunLoop loop = new SimRunLoop();
            loop.advanceMs(box.equals("a") ? 17 : 123_456);
            long bootUtcMs = box.equals("a") ? 1_800_000_100_000L : 1_900_000_000_000L;
            StreamHouse house = new StreamHouse(folder.resolve(box), loop, bootUtcMs);
            FakeEncoder encoder = new FakeEncoder();
            encoder.firstMs = 987_654;
            encoder.audioPpm = 300;
            Publication publication = begin(house, encoder);
            // One box hears everything at once, the other as it comes; in between the encoder's clock leaps.
            long stepMs = box.equals("a") ? 20 : 500;
            for (long at = 0; at < 200_000; at += stepMs) {
                if (at == 61_000) {
                    encoder.leap(-50_000);
                }
                encoder.runUntil(at + stepMs, publication::publish);
                house.loop.advanceMs(stepMs);
            }
            house.checkInvariants();
            assertTrue(house.marks().startsWith("DISCONTINUITY 3@9040 CUT 4@"), house.marks());
            dumps.add(house.sink.events.stream().map(EventDump::line).toList());
            assertNear(
                    bootUtcMs + (box.equals("a") ? 17 : 123_456),
                    house.sink.marks().get(0).utcMs(),
                    1_000);
        }
        assertEquals(dumps.get(0), dumps.get(1));
    }

    @Test
    void killedBoxGoesOnBehindItsLease() {
        List<Mark> marks = new ArrayList<>();
        List<Long> ends90k = new ArrayList<>();
        for (int life = 0; life < 20; life++) {
            StreamHouse house = new StreamHouse(folder);
            FakeEncoder encoder = new FakeEncoder();
            house.run(encoder, begin(house, encoder), 0, 1_000 + 7_000L * life);
            house.checkInvariants();
            if (life > 0) {
                Mark next = house.sink.marks().get(0);
                Mark last = marks.get(marks.size() - 1);
                assertTrue(next.isDiscontinuity());
                assertTrue(next.number() > last.number(), next + " behind " + last);
                assertTrue(next.number() <= last.number() + 25, next + " far behind " + last);
                assertTrue(next.discontinuitySequence() > last.discontinuitySequence());
                assertTrue(next.start90k() > ends90k.get(ends90k.size() - 1));
                assertEquals(last.record(), next.record());
            }
            marks.addAll(house.sink.marks());
            ends90k.add(house.sink.units().get(house.sink.units().size() - 1).dts90k());
        }
    }

    @Test
    void boxThatIsKilledWhileItWaitsNeverGoesBack() {
        StreamHouse house = new StreamHouse(folder);
        long last90k = 0;
        for (int i = 0; i < 5; i++) {
            FakeEncoder encoder = new FakeEncoder();
            Publication publication = begin(house, encoder);
            house.run(encoder, publication, 0, 2_000);
            last90k = house.sink.units().get(house.sink.units().size() - 1).dts90k();
            publication.end(EndReason.LOST);
            house.loop.advanceMs(19_000);
        }
        StreamHouse restarted = new StreamHouse(folder);
        FakeEncoder encoder = new FakeEncoder();
        restarted.run(encoder, begin(restarted, encoder), 0, 1_000);
        assertTrue(restarted.sink.marks().get(0).start90k() > last90k);
    }

    /** An encoder that does all that is forbidden, in an order that the seed decides. */
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void whateverAnEncoderDoesTheTimelineHolds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StreamHouse house = new StreamHouse(folder);
        FakeEncoder encoder = new FakeEncoder();
        encoder.gopFrames = random.nextInt(1, 400);
        Publication publication = begin(house, encoder);
        long atMs = 0;
        for (int i = 0; i < 300; i++) {
            switch (random.nextInt(12)) {
                case 0 -> encoder.leap(random.nextInt(-100_000, 100_000));
                case 1 -> encoder.leap(random.nextInt(-900, 900));
                case 2 -> encoder.loseSounds(random.nextInt(1, 100));
                case 3 -> publication.publish(FakeEncoder.video(random.nextInt(3)));
                case 4 -> publication.publish(FakeEncoder.audio(random.nextBoolean() ? 48_000 : 44_100));
                case 5 -> encoder.gopFrames = random.nextInt(1, 400);
                case 6 -> house.loop.advanceMs(random.nextInt(12_000));
                case 7 -> encoder.hasVideo = random.nextInt(4) > 0;
                case 8 -> encoder.hasAudio = random.nextInt(4) > 0;
                case 9 -> {
                    if (random.nextInt(4) == 0) {
                        publication.end(EndReason.LOST);
                        house.loop.advanceMs(random.nextInt(15_000));
                        encoder = new FakeEncoder();
                        atMs = 0;
                        publication = begin(house, encoder);
                    }
                }
                default -> {}
            }
            long ms = 20L * random.nextInt(1, 200);
            house.run(encoder, publication, atMs, ms);
            atMs += ms;
        }
        house.checkInvariants();
        assertTrue(house.sink.units().stream().anyMatch(unit -> unit.trackId() == Track.VIDEO));
        assertNotEquals(0, house.sink.marks().size());
        assertIndependentWherePromised(house.sink.events);
    }

    /** A configuration that changed where no segment may begin: its access units went out under the one before. */
    @ParameterizedTest
    @ValueSource(longs = {196, 504})
    void seedsThatFoundFaultsHold(long seed) {
        whateverAnEncoderDoesTheTimelineHolds(seed);
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#thousands")
    void whateverManyEncodersDoTheTimelineHolds(long seed) {
        whateverAnEncoderDoesTheTimelineHolds(seed);
    }

    /** A segment whose mark promises it begins its video with a random access point. */
    private static void assertIndependentWherePromised(List<MediaEvent> events) {
        boolean promised = false;
        boolean firstPicture = false;
        for (MediaEvent event : events) {
            if (event instanceof Mark mark) {
                promised = mark.record().independentSegments();
                firstPicture = true;
            } else if (event instanceof AccessUnit unit && unit.trackId() == Track.VIDEO) {
                assertTrue(!promised || !firstPicture || unit.randomAccess(), () -> "at " + unit.dts90k());
                firstPicture = false;
            }
        }
    }
}
