package lancaster.departure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class DepartureClockTest {
    private static final long MS = 1_000_000;
    private static final long S = 1_000 * MS;

    private final DepartureClock clock = new DepartureClock();
    private long nowNs;

    /** Units of every 20 ms from one decoding time to another, each so much late as the function says. */
    private void observe(long fromNs, long toNs, LongUnaryOperator lateNs) {
        for (long dtsNs = fromNs; dtsNs < toNs; dtsNs += 20 * MS) {
            nowNs = Math.max(nowNs, S + dtsNs + lateNs.applyAsLong(dtsNs));
            clock.observe(nowNs, dtsNs);
        }
    }

    private static void assertNear(long expectedNs, long foundNs) {
        assertTrue(Math.abs(expectedNs - foundNs) <= MS, foundNs + " ns instead of " + expectedNs);
    }

    private void begin() {
        nowNs = S;
        clock.begin(nowNs, 0);
    }

    @Test
    void beginsAtTheFirstUnit() {
        assertFalse(clock.isRunning());
        begin();
        assertTrue(clock.isRunning());
        assertEquals(0, clock.timeNs(S));
        assertEquals(5 * MS, clock.timeNs(S + 5 * MS));
        assertEquals(S + 5 * MS, clock.momentNs(5 * MS, S));
        assertEquals(3 * MS, clock.observe(S + 23 * MS, 20 * MS));
        assertEquals(3 * MS, clock.delayNs());
    }

    @Test
    void movesToTheSmallestDelayBy100Ppm() {
        nowNs = S + 30 * MS;
        clock.begin(nowNs, 0);
        observe(20 * MS, 21 * S, dtsNs -> dtsNs % (100 * MS) == 0 ? 0 : 30 * MS);
        long movedNs = clock.timeNs(nowNs) - (nowNs - S - 30 * MS);
        assertTrue(movedNs > 19 * 100_000 && movedNs <= 20 * 100_000, "moved by " + movedNs);
        assertEquals(100, clock.skewPpm());
        assertEquals(0, clock.earlyNs(nowNs), "30 ms are no reason for a step");
    }

    @Test
    void findsTheFrequencyOfTheEncoder() {
        begin();
        observe(20 * MS, 1000 * S, dtsNs -> dtsNs * 40 / 1_000_000);
        assertEquals(-40, clock.skewPpm(), 1);
        assertNear(4 * MS, clock.delayNs());
    }

    @Test
    void saysThatAllUnitsComeEarlyOnceASecondIsOver() {
        begin();
        observe(0, 500 * MS, dtsNs -> -dtsNs);
        observe(500 * MS, 1_400 * MS, dtsNs -> -500 * MS);
        assertEquals(0, clock.earlyNs(nowNs));
        observe(1_400 * MS, 1_600 * MS, dtsNs -> -500 * MS);
        assertNear(500 * MS, clock.earlyNs(nowNs));
        clock.setForward(nowNs);
        assertEquals(0, clock.earlyNs(nowNs));
        assertNear(0, clock.observe(nowNs + 20 * MS, 1_600 * MS));
    }

    @Test
    void waitsLongerBehindAStepBack() {
        begin();
        observe(0, 10 * S, dtsNs -> 0);
        clock.setBack(nowNs + 300 * MS, 10 * S);
        observe(10 * S, 26 * S, dtsNs -> 0);
        assertEquals(0, clock.earlyNs(nowNs));
        observe(26 * S, 27 * S, dtsNs -> 0);
        assertTrue(clock.earlyNs(nowNs) > 250 * MS, () -> "early by " + clock.earlyNs(nowNs));
    }

    @Test
    void keepsNearTheLatestWhereUnitsComeInClumps() {
        begin();
        observe(20 * MS, 10 * S, dtsNs -> 500 * MS - dtsNs % (500 * MS) - 500 * MS);
        assertTrue(clock.earlyNs(nowNs) <= 100 * MS, () -> "early by " + clock.earlyNs(nowNs));
    }

    @Test
    void keepsItsFrequencyThroughASilence() {
        begin();
        observe(20 * MS, 100 * S, dtsNs -> dtsNs * 40 / 1_000_000);
        long passedNs = clock.timeNs(nowNs + 60 * S) - clock.timeNs(nowNs);
        assertEquals(clock.skewPpm(), (passedNs - 60 * S) / 60e3, 0.01);
    }
}
