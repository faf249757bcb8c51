package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.stream.StreamStats.SubscriptionStats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubscriptionTest {
    private static final int UNIT_BYTES = 900;

    private final SimRunLoop loop = new SimRunLoop();
    /** What the sink saw, a word each. */
    private final List<String> seen = new ArrayList<>();

    private final MediaSink sink = new MediaSink() {
        @Override
        public void onEvent(MediaEvent event) {
            if (event instanceof AccessUnit unit) {
                seen.add((unit.randomAccess() ? "K" : "p") + unit.dts90k() / 90_000);
            } else if (event instanceof Mark mark) {
                seen.add((mark.beginsSegment() ? "mark" : "end") + mark.number());
            } else {
                seen.add(event instanceof DataMessage ? "data" : "track");
            }
        }

        @Override
        public void onGap(int accessUnits) {
            seen.add("gap" + accessUnits);
        }

        @Override
        public void onBatchEnd() {
            seen.add("|");
        }

        @Override
        public void onClosed(CloseReason reason) {
            seen.add(reason.kind().toString());
        }
    };

    private Subscription subscribe(Start start, OverflowPolicy overflow, int units, int seconds) {
        return new Subscription(
                StreamHouse.PATH,
                new SubscriptionSettings("test", start, overflow, units * 1_000, Duration.ofSeconds(seconds)),
                loop,
                sink);
    }

    private Subscription subscribe(OverflowPolicy overflow) {
        return subscribe(Start.NEXT_RANDOM_ACCESS, overflow, 5, 100);
    }

    private static AccessUnit unit(int second, boolean key) {
        return new AccessUnit(Track.VIDEO, second * 90_000L, 0, key, Bytes.wrap(new byte[UNIT_BYTES]));
    }

    private static Mark mark(long number) {
        Mark.Kind kind = number < 1_000 ? Mark.Kind.CUT : Mark.Kind.END;
        return new Mark(TimelineFileTest.RECORD, kind, number, 0, 0, 0, List.of(), List.of());
    }

    /** {@code K3}: a random access point at 3 s; {@code p3} another unit; {@code m7} a mark, {@code t} a track. */
    private static void offer(Subscription subscription, String events) {
        for (String event : events.split(" ", -1)) {
            int number = event.length() > 1 ? Integer.parseInt(event.substring(1)) : 0;
            switch (event.charAt(0)) {
                case 'K' -> subscription.offer(unit(number, true), true);
                case 'p' -> subscription.offer(unit(number, false), false);
                case 'm' -> subscription.offer(mark(number), false);
                case 'd' -> subscription.offer(FakeEncoder.metadata(true, true), false);
                default -> subscription.offer(FakeEncoder.video(1), false);
            }
        }
    }

    private String seen() {
        loop.runDue();
        String text = String.join(" ", seen);
        seen.clear();
        return text;
    }

    @Test
    void startsAtARandomAccessPointWithItsMark() {
        Subscription subscription = subscribe(OverflowPolicy.SPLIT);
        offer(subscription, "t d p1 m5 p2 m6 K3 p4 m7 K5");
        assertEquals("track data mark6 K3 p4 mark7 K5 |", seen());
    }

    @Test
    void startsBetweenMarksWithoutOne() {
        Subscription subscription = subscribe(OverflowPolicy.SPLIT);
        offer(subscription, "t m5 p1 K2 p3 m6 p4");
        assertEquals("track K2 p3 mark6 p4 |", seen());
    }

    @Test
    void oneTaskDrainsABurst() {
        Subscription subscription = subscribe(OverflowPolicy.SPLIT);
        offer(subscription, "K1 p2");
        offer(subscription, "p3");
        assertEquals("K1 p2 p3 |", seen());
        offer(subscription, "p4");
        assertEquals("p4 |", seen());
    }

    @Test
    void skipThrowsTheQueueAwayAndGoesOnAtTheNextRandomAccessPoint() {
        Subscription subscription = subscribe(OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT);
        offer(subscription, "t m1 K1 p2 m2 p3 d p4 p5 p6 m3 p7 t d K8 p9");
        assertEquals("track mark1 gap2 mark2 gap3 mark3 gap1 track K8 p9 |", seen().replace("gap4", "gap3"));
        SubscriptionStats stats = subscription.stats();
        assertEquals(1, stats.cuts());
        assertEquals(7, stats.gapAccessUnits());
        assertEquals(7 * UNIT_BYTES, stats.gapBytes());
    }

    @Test
    void skipGoesOnAtOnceAtARandomAccessPoint() {
        Subscription subscription = subscribe(OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT);
        offer(subscription, "K1 p2 p3 p4 p5 K6 p7");
        assertEquals("gap5 K6 p7 |", seen());
    }

    @Test
    void splitKeepsTheQueueAndGoesOnWhenThereIsRoom() {
        Subscription subscription = subscribe(OverflowPolicy.SPLIT);
        offer(subscription, "m1 K1 p2 p3 p4 p5 m2 K6 p7");
        assertEquals("mark1 K1 p2 p3 p4 gap1 mark2 gap2 |", seen());
        offer(subscription, "p8 m3 K9 p10");
        assertEquals("gap1 mark3 K9 p10 |", seen());
        assertEquals(1, subscription.stats().cuts());
    }

    @Test
    void disconnectCloses() {
        Subscription subscription = subscribe(OverflowPolicy.DISCONNECT);
        offer(subscription, "m1 K1 p2 p3 p4 p5 p6 K7");
        assertEquals("| BEHIND", seen());
        assertTrue(subscription.isClosed());
        offer(subscription, "K8");
        assertEquals("", seen());
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void timeIsALimitToo(OverflowPolicy overflow) {
        Subscription subscription = subscribe(Start.FROM_GOP, overflow, 1_000, 3);
        offer(subscription, "K1 p2 p3 p4");
        assertEquals(3_000, subscription.stats().queuedMs());
        assertEquals(0, subscription.stats().cuts());
        offer(subscription, "p5");
        assertEquals(1, subscription.stats().cuts());
    }

    @Test
    void oneUnitAlwaysHasRoom() {
        Subscription subscription = subscribe(Start.FROM_GOP, OverflowPolicy.DISCONNECT, 0, 0);
        offer(subscription, "K1");
        assertEquals("K1 |", seen());
    }

    @Test
    void marksAndConfigurationsAreNeverThrownAway() {
        Subscription subscription = subscribe(OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT);
        offer(subscription, "K1");
        for (int i = 1; i < 500; i++) {
            offer(subscription, "m" + i + " p" + i);
        }
        assertEquals(499, seen().split("mark", -1).length - 1);
        assertFalse(subscription.isClosed());
    }

    @Test
    void sinkThatNeverReadsIsClosedInTheEnd() {
        Subscription subscription = subscribe(OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT);
        for (int i = 0; i < 20_001; i++) {
            offer(subscription, "t");
        }
        assertEquals("| BEHIND", seen());
    }

    @Test
    void endIsDeliveredBeforeTheClose() {
        Subscription subscription = subscribe(OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT);
        offer(subscription, "K1 p2 m1000");
        subscription.closeAfterQueue(new CloseReason(CloseReason.Kind.ENDED, "over"));
        assertEquals("K1 p2 end1000 | ENDED", seen());
    }

    @Test
    void ownerMayCloseAtAnyTime() {
        Subscription subscription = subscribe(OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT);
        offer(subscription, "K1 p2");
        subscription.close();
        subscription.close();
        offer(subscription, "p3");
        assertEquals("| UNSUBSCRIBED", seen());
    }

    @Test
    void failureOfTheSinkEndsItAlone() {
        RecordedSink other = new RecordedSink();
        MediaSink failing = new MediaSink() {
            @Override
            public void onEvent(MediaEvent event) {
                throw new IllegalStateException("disk full");
            }

            @Override
            public void onClosed(CloseReason reason) {
                seen.add(reason.description());
                throw new IllegalStateException("and again");
            }
        };
        Outputs outputs = new Outputs();
        SubscriptionSettings settings = StreamHouse.WIDE;
        Subscription bad = new Subscription(StreamHouse.PATH, settings, loop, failing);
        Subscription good = new Subscription(StreamHouse.PATH, settings, loop, other);
        outputs.add(bad);
        outputs.add(good);
        for (int i = 0; i < 10; i++) {
            outputs.emit(unit(i, true), true);
            loop.runDue();
        }
        assertEquals(10, other.units().size());
        assertTrue(bad.isClosed());
        assertEquals("the output failed: java.lang.IllegalStateException: disk full", seen());
        assertEquals(1, outputs.stats().size());
    }

    @Test
    void loopThatIsGoneLosesTheSubscriptionAlone() {
        Subscription subscription = new Subscription(StreamHouse.PATH, StreamHouse.WIDE, new GoneLoop(loop), sink);
        offer(subscription, "K1 p2");
        assertTrue(subscription.isClosed());
    }

    @Nested
    class WhenJoiningFromTheCache {
        private final Outputs outputs = new Outputs();

        private String join() {
            outputs.add(subscribe(Start.FROM_GOP, OverflowPolicy.SPLIT, 100_000, 100));
            return seen();
        }

        private void emit(String events) {
            for (String event : events.split(" ", -1)) {
                int number = event.length() > 1 ? Integer.parseInt(event.substring(1)) : 0;
                switch (event.charAt(0)) {
                    case 'K' -> outputs.emit(unit(number, true), true);
                    case 'p' -> outputs.emit(unit(number, false), false);
                    case 'm' -> outputs.emit(mark(number), false);
                    case 'd' -> outputs.emit(FakeEncoder.metadata(true, true), false);
                    default -> outputs.emit(FakeEncoder.video(1), false);
                }
            }
        }

        @Test
        void getsConfigurationMetadataMarkAndUnits() {
            emit("d t m1 K1 p2 K3 p4 m2 p5 p6");
            assertEquals("track data mark1 K3 p4 mark2 p5 p6 |", join());
            emit("p7");
            assertEquals("p7 |", seen());
        }

        @Test
        void waitsWhereTheGroupOfPicturesIsTooLong() {
            emit("t m1 K1 p2 p20");
            assertEquals("track |", join());
            emit("p21 m2 K22");
            assertEquals("mark2 K22 |", seen());
        }

        @Test
        void waitsWhereNothingHasComeYet() {
            assertEquals("", join());
            emit("t m1 K1");
            assertEquals("track mark1 K1 |", seen());
        }
    }
}
