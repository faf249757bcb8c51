package lancaster.stream;

import static lancaster.stream.StreamHouse.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import lancaster.kit.GoldenFile;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.stream.StreamStats.TrackStats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real encoders do to clocks, tracks and metadata. */
class EncoderQuirksTest {
    @TempDir
    private Path state;

    private StreamHouse house;
    private final FakeEncoder encoder = new FakeEncoder();
    private Publication publication;

    @BeforeEach
    void publish() {
        house = new StreamHouse(state);
        publication = house.publish();
    }

    @AfterEach
    void holdsWhatAlwaysHolds() {
        house.checkInvariants();
        assertEquals(List.of(), house.unmarkedBreaks());
    }

    private void run(long fromMs, long ms) {
        house.run(encoder, publication, fromMs, ms);
    }

    private TrackStats stats(int index) {
        house.loop.advanceMs(1_000);
        return house.stream().stats().tracks().get(index);
    }

    /** The first access unit of a segment. */
    private AccessUnit behind(Mark mark) {
        List<MediaEvent> events = house.sink.events;
        return (AccessUnit) events.get(events.indexOf(mark) + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600_000, -3_600_000, 15_000, -1_500})
    void clockLeaps(long leapMs) {
        encoder.firstMs = 10_000_000;
        encoder.begin(publication::publish);
        run(0, 5_000);
        encoder.leap(leapMs);
        run(5_000, 5_000);
        assertEquals(
                "CUT 0@0 CUT 1@4000 DISCONTINUITY 2@6000 CUT 3@8000",
                house.marks().replace("6001", "6000"));
        Mark discontinuity = house.sink.marks().get(2);
        assertTrue(behind(discontinuity).randomAccess(), "the break waits for a random access point");
        assertEquals(Track.VIDEO, behind(discontinuity).trackId());
        assertEquals(1, stats(0).timestampJumps() + stats(1).timestampJumps());
        GoldenFile.assertGolden(
                "stream/leap" + leapMs + ".txt",
                EventDump.dump(house.sink.events).replaceAll("(?m)^unit .*\\n", ""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clockOfTheOnlyTrackLeaps(boolean video) {
        encoder.hasVideo = video;
        encoder.hasAudio = !video;
        encoder.begin(publication::publish);
        run(0, 5_000);
        encoder.leap(77_777);
        run(5_000, 5_000);
        Mark discontinuity = house.sink.marks().get(2);
        assertTrue(discontinuity.isDiscontinuity());
        assertNear(video ? 6_000 : 5_000, discontinuity.start90k() / 90, 35);
    }

    @Test
    void clockLeapsAtARandomAccessPoint() {
        encoder.begin(publication::publish);
        run(0, 6_000);
        encoder.leap(100_000);
        run(6_000, 3_000);
        assertTrue(house.marks().startsWith("CUT 0@0 CUT 1@4000 "), house.marks());
        assertTrue(house.sink.marks().get(2).isDiscontinuity());
        assertNear(6_000, house.sink.marks().get(2).start90k() / 90, 21);
    }

    @Test
    void clockStepsBackALittle() {
        encoder.begin(publication::publish);
        run(0, 3_000);
        encoder.leap(-300);
        run(3_000, 20_000);
        assertTrue(house.sink.marks().stream().noneMatch(Mark::isDiscontinuity));
        assertTrue(stats(0).liftedTimestamps() >= 7);
        assertEquals(0, stats(0).timestampJumps());
        assertNear(300 * 48 / 1_024 - 2, stats(1).framesRemoved(), 1);
    }

    @Test
    void clockDoesNotAdvance() {
        encoder.begin(publication::publish);
        run(0, 2_000);
        for (int i = 0; i < 200; i++) {
            AccessUnit picture = encoder.picture();
            publication.publish(picture.withDts90k(180_000));
            house.loop.advanceMs(40);
        }
        assertEquals(0, stats(0).timestampJumps());
        assertTrue(stats(0).liftedTimestamps() >= 190);
    }

    @Test
    void soundBeginsSecondsBeforeThePictures() {
        encoder.hasVideo = false;
        encoder.begin(publication::publish);
        run(0, 3_000);
        encoder.hasVideo = true;
        encoder.leap(3_000);
        publication.publish(encoder.videoConfig);
        AccessUnit first = encoder.picture();
        encoder.leap(-3_000);
        publication.publish(first);
        house.loop.advanceMs(20);
        Mark second = house.sink.marks().get(1);
        assertTrue(second.isDiscontinuity());
        assertEquals(Track.VIDEO, behind(second).trackId());
        List<MediaEvent> events = house.sink.events;
        assertEquals(encoder.videoConfig, events.get(events.indexOf(second) - 1), "a mark stands behind the news");
        assertNear(3_000, second.start90k() / 90, 1);
    }

    /** Some relays send pictures at once that nobody can decode, others from the next random access point on. */
    @ParameterizedTest
    @CsvSource({"400, true", "400, false", "1_500, true", "1_500, false", "9_500, true", "9_500, false"})
    void aRelayIsJoinedInTheMiddleOfAGroupOfPictures(String beforeNext, boolean useless) {
        long fromMs = 10_000 - Long.parseLong(beforeNext.replace("_", ""));
        encoder.gopFrames = 250;
        encoder.runUntil(fromMs, event -> {});
        encoder.begin(publication::publish);
        for (long ms = fromMs; ms < 10_000; ms += 20) {
            encoder.runUntil(ms + 20, event -> {
                if (useless || !(event instanceof AccessUnit unit) || unit.trackId() == Track.AUDIO) {
                    publication.publish(event);
                }
            });
            house.loop.advanceMs(20);
        }
        assertEquals(List.of(), house.sink.units(), "what begins with sound alone is taken for sound alone");
        encoder.gopFrames = 50;
        run(10_000, 5_000);
        assertEquals("CUT 0@0 CUT 1@4000", house.marks());
        AccessUnit first = house.sink.units().get(0);
        assertEquals(Track.VIDEO, first.trackId());
        assertTrue(first.randomAccess());
        AccessUnit sound = house.sink.units().stream()
                .filter(unit -> unit.trackId() == Track.AUDIO)
                .findFirst()
                .orElseThrow();
        assertNear(0, sound.dts90k() / 90, 22);
    }

    /** Some tell of each track with its first access unit. */
    @Test
    void theSoundIsConfiguredBehindTheFirstPicture() {
        publication.publish(FakeEncoder.metadata(true, true));
        publication.publish(encoder.videoConfig);
        publication.publish(encoder.picture());
        publication.publish(encoder.picture());
        publication.publish(encoder.audioConfig);
        run(0, 5_000);
        assertEquals("CUT 0@0 CUT 1@4000", house.marks());
        assertEquals(0, stats(1).dropped());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void announcedPicturesMayComeTooLate(boolean configured) {
        encoder.hasVideo = false;
        publication.publish(FakeEncoder.metadata(!configured, true));
        publication.publish(encoder.audioConfig);
        if (configured) {
            publication.publish(encoder.videoConfig);
        }
        run(0, 10_000);
        assertEquals(List.of(), house.sink.units());
        run(10_000, 100);
        assertEquals(473, house.sink.units().size(), "nothing is lost");
        encoder.hasVideo = true;
        publication.publish(encoder.videoConfig);
        publication.publish(encoder.picture().withDts90k(10_100 * 90));
        house.loop.advanceMs(20);
        Mark last = house.sink.marks().get(house.sink.marks().size() - 1);
        assertTrue(last.isDiscontinuity());
        assertEquals(Track.VIDEO, behind(last).trackId());
    }

    @Test
    void soundComesLate() {
        encoder.hasAudio = false;
        publication.publish(encoder.videoConfig);
        run(0, 3_100);
        encoder.loseSounds(144);
        encoder.hasAudio = true;
        publication.publish(encoder.audioConfig);
        run(3_100, 2_000);
        List<Mark> marks = house.sink.marks();
        assertEquals("CUT 0@0 DISCONTINUITY 1@4000", house.marks());
        List<MediaEvent> events = house.sink.events;
        assertEquals(encoder.audioConfig, events.get(events.indexOf(marks.get(1)) - 1));
        assertTrue(stats(1).dropped() > 30, "sound waits for the place where it may begin");
        assertEquals(
                0,
                house.sink.units().stream()
                        .filter(unit -> unit.trackId() == Track.AUDIO && unit.dts90k() < 3_950 * 90)
                        .count());
    }

    @Test
    void metadataPromisesSoundThatNeverComes() {
        encoder.hasAudio = false;
        publication.publish(FakeEncoder.metadata(true, true));
        publication.publish(encoder.videoConfig);
        run(0, 980);
        assertEquals(0, house.sink.units().size(), "waits for a second by the clock");
        run(980, 100);
        assertEquals(27, house.sink.units().size(), "and has lost nothing");
    }

    @Test
    void waitIsMeasuredByTheClockNotByTimestamps() {
        publication.publish(encoder.videoConfig);
        for (int i = 0; i < 20; i++) {
            publication.publish(encoder.picture().withDts90k(5));
            house.loop.advanceMs(40);
        }
        assertEquals(0, house.sink.units().size());
        house.loop.advanceMs(200);
        assertEquals(20, house.sink.units().size());
    }

    @Test
    void metadataThatKeepsItsWordEndsTheWaitAtOnce() {
        encoder.hasAudio = false;
        encoder.begin(publication::publish);
        publication.publish(encoder.picture());
        house.loop.runDue();
        assertEquals(1, house.sink.units().size());
    }

    @Test
    void metadataLeavesOutATrack() {
        publication.publish(FakeEncoder.metadata(true, false));
        publication.publish(encoder.videoConfig);
        publication.publish(encoder.picture());
        publication.publish(encoder.audioConfig);
        run(0, 4_100);
        assertEquals("CUT 0@0 DISCONTINUITY 1@2000 CUT 2@4000", house.marks());
    }

    @Test
    void metadataWithoutTracksDoesNotEndTheWait() {
        publication.publish(FakeEncoder.metadata(false, false));
        publication.publish(encoder.videoConfig);
        publication.publish(encoder.picture());
        publication.publish(encoder.audioConfig);
        run(0, 100);
        assertEquals("CUT 0@0", house.marks());
        assertFalse(house.sink.events.stream().skip(4).anyMatch(TrackConfigured.class::isInstance));
    }

    @Test
    void configurationIsRepeatedWithEveryKeyFrame() {
        encoder.begin(publication::publish);
        for (int i = 0; i < 6; i++) {
            publication.publish(encoder.videoConfig);
            publication.publish(encoder.audioConfig);
            publication.publish(FakeEncoder.metadata(true, true));
            run(i * 2_000L, 2_000);
        }
        assertEquals("CUT 0@0 CUT 1@4000 CUT 2@8000", house.marks());
    }

    @Test
    void configurationOfTheVideoChanges() {
        encoder.begin(publication::publish);
        run(0, 2_000);
        publication.publish(FakeEncoder.video(2));
        run(2_000, 3_000);
        assertEquals("CUT 0@0 DISCONTINUITY 1@2000 CUT 2@4000", house.marks());
        assertFalse(house.sink.marks().get(1).audio().isEmpty(), "sound runs on");
    }

    @Test
    void configurationOfTheVideoChangesBetweenKeyFrames() {
        encoder.begin(publication::publish);
        run(0, 1_000);
        publication.publish(FakeEncoder.video(2));
        run(1_000, 2_000);
        assertEquals("CUT 0@0 DISCONTINUITY 1@2000", house.marks());
        assertEquals(25, stats(0).dropped(), "pictures that nobody could decode");
    }

    @Test
    void configurationOfTheSoundChanges() {
        encoder.begin(publication::publish);
        run(0, 1_000);
        publication.publish(FakeEncoder.audio(44_100));
        run(1_000, 2_000);
        assertEquals("CUT 0@0 DISCONTINUITY 1@2000", house.marks());
    }

    @Test
    void configurationChangesAndChangesBack() {
        encoder.begin(publication::publish);
        run(0, 1_000);
        publication.publish(FakeEncoder.audio(44_100));
        publication.publish(encoder.audioConfig);
        run(1_000, 4_000);
        assertEquals("CUT 0@0 CUT 1@4000", house.marks().replace("CUT 1@2000 ", ""));
    }

    @Test
    void picturesWithoutConfigurationOrKeyFrameAreLeftOut() {
        publication.publish(encoder.picture());
        publication.publish(encoder.videoConfig);
        run(0, 3_000);
        assertEquals(0, house.sink.units().get(0).dts90k());
        assertTrue(house.sink.units().get(0).randomAccess());
    }

    @Test
    void soundIsLostForAWhile() {
        encoder.begin(publication::publish);
        run(0, 5_000);
        encoder.loseSounds(60);
        run(5_000, 5_000);
        assertEquals("CUT 0@0 CUT 1@4000 DISCONTINUITY 2@8000", house.marks());
    }

    @Test
    void picturesStopAndSoundGoesOn() {
        encoder.begin(publication::publish);
        run(0, 5_000);
        encoder.hasVideo = false;
        run(5_000, 30_000);
        assertTrue(house.marks().startsWith("CUT 0@0 CUT 1@4000 CUT 2@104"), house.marks());
        assertTrue(house.sink.marks().size() > 7, house::marks);
    }

    @Test
    void everythingStandsStillForEightSeconds() {
        encoder.begin(publication::publish);
        run(0, 5_000);
        house.loop.advanceMs(8_000);
        encoder.leap(8_000);
        run(5_000, 6_000);
        assertTrue(house.marks().startsWith("CUT 0@0 CUT 1@4000 DISCONTINUITY 2@12971 CUT 3@16000"), house.marks());
        assertTrue(house.stream().record().independentSegments());
        Mark last = house.sink.marks().get(house.sink.marks().size() - 1);
        assertTrue(behind(last).randomAccess());
    }

    @Test
    void videoAloneStandsStillForEightSeconds() {
        encoder.hasAudio = false;
        encoder.begin(publication::publish);
        run(0, 5_000);
        house.loop.advanceMs(8_000);
        encoder.leap(8_000);
        run(5_000, 3_000);
        assertEquals("CUT 0@0 CUT 1@4000 DISCONTINUITY 2@14000", house.marks(), "at the next random access point");
    }

    @ParameterizedTest
    @ValueSource(ints = {75, 250, 1_500})
    void groupsOfPicturesAreLong(int gopFrames) {
        encoder.gopFrames = gopFrames;
        encoder.begin(publication::publish);
        run(0, 70_000);
        boolean whole = gopFrames == 75;
        assertEquals(whole, house.stream().record().independentSegments());
        house.loop.advanceMs(1_000);
        assertEquals(whole, house.stream().stats().timeline().cutsWithoutRandomAccess() == 0);
        Mark forced = house.sink.marks().stream()
                .filter(mark -> !mark.record().independentSegments())
                .findFirst()
                .orElse(house.sink.marks().get(0));
        assertEquals(whole ? 0 : 1, forced.number());
    }

    @Test
    void independenceIsGivenUpForGood() {
        encoder.gopFrames = 250;
        encoder.begin(publication::publish);
        run(0, 8_000);
        publication.end(EndReason.LOST);
        StreamHouse restarted = new StreamHouse(state);
        FakeEncoder other = new FakeEncoder();
        Publication again = restarted.publish();
        other.begin(again::publish);
        restarted.run(other, again, 0, 1_000);
        assertFalse(restarted.stream().record().independentSegments());
    }

    @Test
    void soundOnly() {
        encoder.hasVideo = false;
        encoder.begin(publication::publish);
        run(0, 20_000);
        assertEquals(5, house.sink.marks().size());
        assertEquals("CUT 0@0 CUT 1@4010 CUT 2@8000 CUT 3@12010 CUT 4@16000", house.marks());
    }

    @Test
    void marksOfAnUntrustedPublisherAreLeftOut() {
        encoder.begin(publication::publish);
        run(0, 100);
        Mark forged = house.sink.marks().get(0);
        publication.publish(TimelineMessage.of(forged));
        house.loop.runDue();
        assertEquals(1, house.sink.marks().size());
        assertTrue(
                house.sink.events.stream().noneMatch(event -> event.toString().contains("onTimeline")));
    }
}
