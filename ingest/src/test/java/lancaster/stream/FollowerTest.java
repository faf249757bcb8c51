package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.stream.PublishOutcome.Accepted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A box that is sent another box's stream with its marks. */
class FollowerTest {
    @TempDir
    private Path state;

    private StreamHouse leader;
    private StreamHouse follower;
    private final FakeEncoder encoder = new FakeEncoder();
    private Publication publication;
    private int sent;

    @BeforeEach
    void lead() {
        leader = new StreamHouse(state.resolve("leader"));
        follower = new StreamHouse(state.resolve("follower"), new SimRunLoop(), 1_900_000_000_000L);
        publication = leader.publish();
        encoder.begin(publication::publish);
    }

    private Publication follow() {
        return assertInstanceOf(
                        Accepted.class,
                        follower.registry.publish(
                                StreamHouse.PATH,
                                new PublisherInfo("rtmp", "10.0.0.1", "Lancaster", true),
                                follower.closed::add,
                                follower.loop,
                                StreamSettings.DEFAULTS))
                .publication();
    }

    /** What RTMP makes of an event: whole milliseconds, modulo 2^32, from a clock of its own. */
    private static MediaEvent onTheWire(MediaEvent event) {
        if (event instanceof Mark mark) {
            return TimelineMessage.of(mark);
        }
        return event instanceof AccessUnit unit
                ? unit.withDts90k(Timebase.fromMs(Timebase.toMs(unit.dts90k()) + (1L << 32)))
                : event;
    }

    /** Sends on what the leader's subscribers have seen since the last call. */
    private void forward(Publication to) {
        List<MediaEvent> events = leader.sink.events;
        for (; sent < events.size(); sent++) {
            to.publish(onTheWire(events.get(sent)));
        }
        follower.loop.advanceMs(20);
    }

    private static List<String> dump(StreamHouse house) {
        return house.sink.events.stream()
                .filter(event -> !(event instanceof DataMessage))
                .map(EventDump::line)
                .toList();
    }

    @Test
    void decidesNothingItself() {
        Publication followed = follow();
        encoder.audioPpm = 400;
        leader.run(encoder, publication, 0, 9_000);
        forward(followed);
        encoder.leap(-100_000);
        leader.run(encoder, publication, 9_000, 40_000);
        forward(followed);
        publication.end(EndReason.LOST);
        leader.loop.advanceMs(5_000);
        FakeEncoder again = new FakeEncoder();
        Publication second = leader.publish();
        again.begin(second::publish);
        leader.run(again, second, 0, 9_000);
        forward(followed);
        second.end(EndReason.UNPUBLISHED);
        leader.loop.advanceMs(20_000);
        forward(followed);

        assertEquals(dump(leader), dump(follower));
        assertEquals(leader.sink.marks(), follower.sink.marks());
        assertEquals(1, follower.ended.size(), "END ends it at once");
        assertEquals(CloseReason.Kind.ENDED, follower.closed.get(0).kind());
        follower.checkInvariants();
    }

    @Test
    void takesItsRecordFromTheLeader() {
        Publication followed = follow();
        leader.run(encoder, publication, 0, 1_000);
        forward(followed);
        assertEquals(leader.stream().record(), follower.stream().record());
        follower.loop.advanceMs(1_000);
        assertTrue(follower.stream().stats().timeline().following());
    }

    @Test
    void joinsInTheMiddleOfAStream() {
        leader.run(encoder, publication, 0, 9_000);
        sent = 3;
        while (!(leader.sink.events.get(sent) instanceof Mark mark && mark.number() == 1)) {
            sent++;
        }
        Publication followed = follow();
        followed.publish(encoder.videoConfig);
        followed.publish(encoder.audioConfig);
        forward(followed);
        assertEquals("CUT 1@4000 CUT 2@8000", follower.marks());
    }

    @Test
    void goesOnWhereTheLeaderIsAfterARestart() {
        Publication followed = follow();
        leader.run(encoder, publication, 0, 9_000);
        forward(followed);
        follower = new StreamHouse(state.resolve("follower"));
        followed = follow();
        followed.publish(encoder.videoConfig);
        followed.publish(encoder.audioConfig);
        leader.run(encoder, publication, 9_000, 8_000);
        forward(followed);
        assertEquals("CUT 3@12000 CUT 4@16000", follower.marks(), "before the end of its own lease");
    }

    @Test
    void leavesOutASegmentThatItHasHad() {
        Publication followed = follow();
        leader.run(encoder, publication, 0, 6_000);
        forward(followed);
        followed.end(EndReason.LOST);
        int before = follower.sink.units().size();

        Publication again = follow();
        List<MediaEvent> seen = leader.sink.events;
        again.publish(encoder.videoConfig);
        again.publish(encoder.audioConfig);
        Mark inForce = leader.sink.marks().get(1);
        sent = seen.indexOf(inForce);
        leader.run(encoder, publication, 6_000, 4_000);
        forward(again);
        assertEquals("CUT 0@0 CUT 1@4000 CUT 2@8000", follower.marks());
        assertTrue(follower.sink.gapAccessUnits > 0, "the segment that was cut off is not whole");
        AccessUnit next = follower.sink.units().get(before);
        assertEquals(Timebase.fromMs(8_000), next.dts90k());
        follower.checkInvariants();
    }

    @Test
    void marksThatGoBackAreRefused() {
        Publication followed = follow();
        leader.run(encoder, publication, 0, 6_000);
        forward(followed);
        followed.publish(TimelineMessage.of(leader.sink.marks().get(0)));
        followed.publish(new DataMessage(0, TimelineMessage.NAME, Bytes.of(1, 2, 3)));
        follower.loop.advanceMs(1_000);
        assertEquals(2, follower.stream().stats().timeline().refusedMarks());
        assertEquals("CUT 0@0 CUT 1@4000", follower.marks());
        assertEquals(1, follower.sink.gapAccessUnits, "the open segment lacks its end");
    }

    @Test
    void whatWasLeftOutOnTheWayIsNotPassedOffAsWhole() {
        Publication followed = follow();
        leader.run(encoder, publication, 0, 6_000);
        forward(followed);
        followed.publish(TimelineMessage.gap(0));
        int before = follower.sink.units().size();
        leader.run(encoder, publication, 6_000, 6_500);
        forward(followed);
        assertEquals("CUT 0@0 CUT 1@4000 CUT 2@8000 CUT 3@12000", follower.marks());
        assertEquals(1, follower.sink.gapAccessUnits, "the open segment lacks its end");
        assertEquals(
                Timebase.fromMs(8_000), follower.sink.units().get(before).dts90k(), "it goes on with the next segment");
        follower.checkInvariants();
    }

    @Test
    void picturesThatGoBackAreLeftOut() {
        Publication followed = follow();
        leader.run(encoder, publication, 0, 2_000);
        forward(followed);
        AccessUnit again = leader.sink.units().get(0);
        followed.publish(onTheWire(again));
        follower.loop.advanceMs(20);
        assertEquals(leader.sink.units().size(), follower.sink.units().size());
        follower.checkInvariants();
    }

    @Test
    void timelineThatWouldGoBackIsNotFollowed() {
        FakeEncoder own = new FakeEncoder();
        Publication before = follower.publish();
        own.begin(before::publish);
        follower.run(own, before, 0, 9_000);
        before.end(EndReason.UNPUBLISHED);
        follower.loop.advanceMs(20_000);

        leader.run(encoder, publication, 0, 1_000);
        forward(follow());
        follower.loop.advanceMs(1_000);
        Mark first = follower.sink.marks().get(follower.sink.marks().size() - 1);
        assertEquals(3, first.number(), "goes on counting by itself");
        assertNotEquals(leader.stream().record().id(), first.record().id());
        assertFalse(follower.stream().stats().timeline().following());
    }

    @Test
    void goesOnByItselfWhenAnEncoderComesInstead() {
        Publication followed = follow();
        leader.run(encoder, publication, 0, 6_000);
        forward(followed);
        Publication own = follower.publish();
        FakeEncoder direct = new FakeEncoder();
        direct.begin(own::publish);
        follower.run(direct, own, 0, 5_000);
        List<Long> numbers = new ArrayList<>();
        follower.sink.marks().forEach(mark -> numbers.add(mark.number()));
        assertEquals(List.of(0L, 1L, 2L, 3L), numbers);
        assertTrue(follower.sink.marks().get(2).isDiscontinuity());
        follower.checkInvariants();
    }
}
