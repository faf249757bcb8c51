package lancaster.departure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import lancaster.media.Mark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What encoders and networks do to a stream, and what receivers see of it, in virtual time. */
@Tag("sim")
@Execution(ExecutionMode.CONCURRENT)
class DeparturesSim {
    private static final long MS = 1_000_000;
    private static final long S = 1_000 * MS;
    private static final DepartureSettings PLAIN = DepartureSettings.DEFAULT;

    private static SimEncoder encoder() {
        return new SimEncoder(1, true, true, 60);
    }

    /** Units leave an encoder in order: none arrives before the one before. */
    private static LongUnaryOperator inOrder(LongUnaryOperator arrival) {
        long[] last = {0};
        return dtsNs -> last[0] = Math.max(last[0], S + arrival.applyAsLong(dtsNs));
    }

    private static SimSender run(SimEncoder encoder, double seconds, LongUnaryOperator arrival) {
        SimSender sender = new SimSender(PLAIN).run(encoder, seconds, inOrder(arrival));
        assertHoldsForEveryReceiver(sender.reception);
        return sender;
    }

    /** What no input excuses. */
    private static void assertHoldsForEveryReceiver(Reception reception) {
        assertTrue(reception.longestRun() <= 7, reception::toString);
        assertTrue(reception.mostBytesWithinOneMs() <= 10_000, reception::toString);
        assertTrue(reception.mostBytesWithinTenMs() <= 24_000, reception::toString);
        assertTrue(reception.longestWithoutClockMs() <= 40, reception::toString);
        assertTrue(reception.longestWithoutTablesMs() <= 100, reception::toString);
        assertTrue(reception.worstClockJitterMs() <= 0.01, reception::toString);
        assertTrue(reception.worstClockPpm() <= 101, reception::toString);
        assertTrue(reception.leastLeadMs() > 50, reception::toString);
    }

    /** Sleeping and waking is most of what sending costs. */
    @Test
    void leavesMostlyWhenUnitsArriveAnyway() {
        SplittableRandom random = new SplittableRandom(3);
        SimSender sender = run(encoder(), 60, dtsNs -> dtsNs + random.nextLong(MS));
        assertTrue(
                sender.pacer.stats().wakeUps() <= 60 * 20,
                () -> sender.pacer.stats().toString());
        assertTrue(
                sender.reception.delayMs(0.5) <= 5 && sender.reception.delayMs(0.95) <= 15, sender.reception::toString);
    }

    /** A loop that leaves its sockets alone for a while brings all that came meanwhile; hardly anything leaves between. */
    @Test
    void leavesWithWhatALoopThatGathersBrings() {
        SimSender sender = new SimSender(PLAIN);
        sender.runGathered(encoder(), 60, 20 * MS);
        assertHoldsForEveryReceiver(sender.reception);
        assertTrue(
                sender.pacer.stats().wakeUps() <= 60 * 6,
                () -> sender.pacer.stats().toString());
        assertTrue(
                sender.reception.delayMs(0.5) <= 12 && sender.reception.delayMs(0.95) <= 22,
                sender.reception::toString);
    }

    /** While the network holds a moment's units back for {@code delayNs} every 20 s. */
    private static LongUnaryOperator heldUp(long delayNs) {
        return dtsNs -> {
            long since = dtsNs % (20 * S) - 10 * S;
            return since > 0 && since < delayNs ? dtsNs - since + delayNs : dtsNs;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {-100, 0, 100})
    void holdsDelayAndClockThroughAnHourOfSkewAndJitter(int ppm) {
        SplittableRandom random = new SplittableRandom(5);
        SimSender sender = run(
                encoder(),
                3600,
                dtsNs -> dtsNs
                        + dtsNs / 1_000_000 * ppm
                        + random.nextLong(20 * MS)
                        + (random.nextInt(200) == 0 ? 80 * MS : 0));
        Reception reception = sender.reception;
        assertEquals(0, reception.clockSteps(), reception::toString);
        assertEquals(0, sender.departures.stats().droppedAccessUnits());
        assertEquals(-ppm, sender.departures.stats().skewPpm(), 1);
        assertTrue(reception.leastLeadMs() > 330, reception::toString);
        assertTrue(reception.delayMs(0.5) <= 15 && reception.delayMs(0.95) <= 35, reception::toString);
        assertTrue(reception.delayMs(1) <= 100, reception::toString);
    }

    @Test
    void stepsForwardOnceBehindTheBurstOfAPublisherThatStarts() {
        SimSender sender = run(encoder(), 60, dtsNs -> Math.max(0, dtsNs - S / 2));
        assertEquals(1, sender.reception.clockSteps(), sender.reception::toString);
        DepartureStats stats = sender.departures.stats();
        assertEquals(1, stats.earlySteps());
        assertTrue(stats.droppedAccessUnits() <= 40, stats::toString);
        assertTrue(sender.reception.delayMs(0.5) <= 5, sender.reception::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stepsRarelyWhereAPublisherMakesUpForASlowStart(boolean hasVideo) {
        SimSender sender = run(new SimEncoder(1, hasVideo, true, 60), 60, dtsNs -> dtsNs - Math.min(S / 2, dtsNs / 20));
        assertTrue(sender.reception.clockSteps() <= 2, sender.reception::toString);
    }

    @Test
    void waitsAMinuteForTheRandomAccessPointToStepForward() {
        SimSender sender = run(new SimEncoder(1, true, true, 1800), 90, dtsNs -> Math.max(0, dtsNs - S / 2));
        assertEquals(1, sender.reception.clockSteps(), sender.reception::toString);
        assertTrue(sender.mostWaitingKilobytes() <= 300, sender.departures.stats()::toString);
    }

    @Test
    void bridgesShortHoldUpsWithoutAStep() {
        SimSender sender = run(encoder(), 60, heldUp(150 * MS));
        assertEquals(0, sender.reception.clockSteps(), sender.reception::toString);
        assertEquals(0, sender.departures.stats().droppedAccessUnits());
        assertTrue(sender.reception.delayMs(0.95) <= 30, sender.reception::toString);
    }

    @Test
    void setsTheClockBackForLateBurstsAndEarnsTheTimeBackLater() {
        SimSender sender = run(encoder(), 65, heldUp(300 * MS));
        DepartureStats stats = sender.departures.stats();
        assertEquals(3, stats.lateSteps());
        assertEquals(2, stats.earlySteps(), "the third stall is not 16 s ago");
        assertTrue(stats.droppedAccessUnits() <= 60, stats::toString);
        assertEquals(5, sender.reception.clockSteps());
    }

    @Test
    void dumpsNothingThatPiledUpBehindAStall() {
        SimSender sender = run(encoder(), 60, heldUp(3 * S));
        DepartureStats stats = sender.departures.stats();
        assertEquals(3, stats.lateSteps());
        assertTrue(stats.cuts() >= 3, stats::toString);
        assertTrue(sender.mostWaitingKilobytes() <= 600, stats::toString);
        assertTrue(sender.reception.delayMs(0.5) <= 5, sender.reception::toString);
    }

    @Test
    void losesNothingWhereAnEncoderPauses() {
        SimSender sender = run(encoder(), 60, dtsNs -> dtsNs + dtsNs / (20 * S) * 3 * S);
        assertEquals(0, sender.departures.stats().droppedAccessUnits());
        assertEquals(3, sender.departures.stats().lateSteps());
        assertTrue(sender.reception.units(Reception.VIDEO_PID) >= 1800, sender.reception::toString);
    }

    @Test
    void endsClockAndTablesWhereAStreamStaysSilentAndGoesOnWhenItReturns() {
        SimSender sender = new SimSender(PLAIN);
        sender.run(encoder(), 60, inOrder(dtsNs -> dtsNs + dtsNs / (30 * S) * 60 * S));
        assertTrue(sender.reception.units(Reception.VIDEO_PID) >= 1800, sender.reception::toString);
        assertTrue(sender.reception.datagrams() < 19_500, sender.reception::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {50, 100, 200, 500, 1000})
    void spreadsWhatComesInClumps(long ms) {
        long clumpNs = ms * MS;
        SimSender sender = run(encoder(), 60, dtsNs -> (dtsNs / clumpNs + 1) * clumpNs);
        assertTrue(sender.reception.clockSteps() <= 1, sender.reception::toString);
        assertEquals(0, sender.departures.stats().droppedAccessUnits());
    }

    @Test
    void followsEncodersWhoseClockIsWrong() {
        SimSender slow = run(encoder(), 60, dtsNs -> dtsNs * 20 / 19);
        assertEquals(0, slow.departures.stats().droppedAccessUnits());
        assertTrue(slow.reception.clockSteps() <= 16, slow.reception::toString);
        SimSender fast = run(encoder(), 60, dtsNs -> dtsNs * 20 / 21);
        assertTrue(fast.reception.clockSteps() <= 6, fast.reception::toString);
        assertTrue(fast.reception.delayMs(0.95) <= 600, "10 s of it between steps: " + fast.reception);
    }

    @Test
    void tellsTimeThroughTheRollover() {
        long shift90k = (1L << 33) - 126_000 - 30 * 90_000;
        SimSender sender = new SimSender(PLAIN).run(encoder(), 60, shift90k, inOrder(dtsNs -> dtsNs));
        assertHoldsForEveryReceiver(sender.reception);
        assertEquals(0, sender.reception.clockSteps());
        assertTrue(sender.reception.units(Reception.VIDEO_PID) >= 1800, sender.reception::toString);
    }

    @Test
    void sendsAudioAloneWithoutDelay() {
        SimSender sender = run(new SimEncoder(1, false, true, 60), 60, dtsNs -> dtsNs);
        assertTrue(sender.reception.delayMs(1) <= 1, sender.reception::toString);
        assertTrue(sender.reception.units(Reception.AUDIO_PID) >= 2812);
    }

    @Test
    void sendsVideoAlone() {
        SimSender sender = run(new SimEncoder(1, true, false, 60), 60, dtsNs -> dtsNs);
        assertTrue(sender.reception.delayMs(0.95) <= 10, sender.reception::toString);
        assertTrue(sender.reception.units(Reception.VIDEO_PID) >= 1800, sender.reception::toString);
    }

    /** Other publishers go on with other delays; the timeline runs by the clock. */
    @ParameterizedTest
    @ValueSource(longs = {-400, -150, 0, 30, 150, 700})
    void takesOverTheClockOfThePublisherThatReconnects(long laterMs) {
        SimSender sender = new SimSender(PLAIN);
        LongUnaryOperator first = inOrder(dtsNs -> dtsNs);
        sender.run(encoder(), 10, first);
        sender.loop.advanceMs(1500);
        sender.onEvent(SimSender.mark(Mark.Kind.DISCONTINUITY));
        long secondNs = 12 * S;
        sender.run(encoder(), 20, secondNs / 1000 * 9 / 100, dtsNs -> S + secondNs + dtsNs + laterMs * MS);
        assertHoldsForEveryReceiver(sender.reception);
        assertEquals(Math.abs(laterMs) > 40 ? 1 : 0, sender.reception.clockSteps(), sender.reception::toString);
        assertEquals(0, sender.departures.stats().droppedAccessUnits());
        assertTrue(sender.reception.delayMs(0.95) <= 10, sender.reception::toString);
    }

    @Test
    void makesUpForALateLoopWithoutABurst() {
        LongUnaryOperator pauses = plannedNs -> Math.max(0, 50 * MS - plannedNs % (2 * S));
        SimSender sender = new SimSender(PLAIN).withLateness(pauses).run(encoder(), 60, inOrder(dtsNs -> dtsNs));
        Reception reception = sender.reception;
        assertTrue(reception.longestRun() <= 7, reception::toString);
        assertTrue(reception.mostBytesWithinTenMs() <= 24_000, reception::toString);
        assertTrue(reception.worstClockJitterMs() <= 0.01, "the clock tells when packets really leave");
        assertTrue(reception.units(Reception.VIDEO_PID) >= 1800, reception::toString);
    }

    @Test
    void cutsVideoWhereTheConstantRateIsTooSmall() {
        SimSender sender = new SimSender(new DepartureSettings(Duration.ZERO, 3_000_000, false));
        sender.run(encoder(), 60, inOrder(dtsNs -> dtsNs));
        DepartureStats stats = sender.departures.stats();
        assertTrue(stats.cuts() >= 5, stats::toString);
        assertTrue(sender.reception.leastLeadMs() > 0, sender.reception::toString);
        assertTrue(sender.reception.units(Reception.AUDIO_PID) > 2_800, "audio goes on");
    }

    /** Anything may happen at any time; receivers must bear it, and the stream must come back. */
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void bearsEverything(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DepartureSettings settings = new DepartureSettings(
                Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(200) : 0),
                random.nextInt(3) == 0 ? random.nextInt(3_500_000, 20_000_000) : 0,
                random.nextBoolean());
        SimSender sender = new SimSender(settings);
        SimEncoder encoder = new SimEncoder(seed, true, random.nextInt(4) > 0, random.nextInt(1, 300));
        long[] extraNs = {0};
        LongUnaryOperator moods = inOrder(dtsNs -> {
            int mood = random.nextInt(3000);
            extraNs[0] = mood == 0 ? random.nextLong(4 * S) : mood < 20 ? 0 : extraNs[0];
            return dtsNs + extraNs[0] + random.nextLong(10 * MS);
        });
        for (int part = 0; part < 5; part++) {
            long shift90k = part * 40L * 90_000;
            sender.run(encoder, 30 * (part + 1), shift90k, dtsNs -> moods.applyAsLong(dtsNs + shift90k / 90 * MS));
            if (random.nextBoolean()) {
                sender.onEvent(SimSender.mark(Mark.Kind.DISCONTINUITY));
            }
        }
        assertTrue(sender.reception.longestRun() <= 7, sender.reception::toString);
        assertTrue(sender.reception.leastLeadMs() > 0, sender.reception::toString);
        assertTrue(sender.reception.units(Reception.VIDEO_PID) > 500, sender.departures.stats()::toString);
        sender.onEvent(SimSender.mark(Mark.Kind.END));
        sender.loop.advanceMs(2000);
        assertEquals(0, sender.loop.pendingTimers(), "nothing is planned behind the end");
    }
}
