package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import lancaster.media.Timebase;
import lancaster.stream.SampleClock.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleClockTest {
    private static final int SAMPLES = 1_024;
    private static final int HOUR_S = 3_600;

    private final List<Long> placed90k = new ArrayList<>();
    private final List<String> verdicts = new ArrayList<>();

    /** Feeds a frame at {@code encoder90k}, does what the clock wants and remembers it. */
    private void feed(SampleClock clock, long encoder90k) {
        Verdict verdict = clock.judge(encoder90k, true);
        if (verdict != Verdict.KEEP) {
            verdicts.add(verdict + "@" + encoder90k / Timebase.HZ);
        }
        if (verdict == Verdict.REMOVE) {
            return;
        }
        if (verdict == Verdict.GAP) {
            clock.onDiscontinuity();
        }
        for (int frames = verdict == Verdict.INSERT ? 2 : 1; frames > 0; frames--) {
            placed90k.add(clock.place(encoder90k));
            clock.advance();
        }
    }

    /** The encoder's time of frame {@code index} when its clock runs {@code ppm} fast against the samples. */
    private static long encoder90k(long index, int sampleRate, double ppm) {
        double ms = index * SAMPLES * 1_000.0 / sampleRate * (1 + ppm / 1e6);
        return Timebase.fromMs(Math.round(ms));
    }

    private static long frames(int sampleRate, int seconds) {
        return (long) sampleRate * seconds / SAMPLES;
    }

    @ParameterizedTest
    @ValueSource(ints = {96_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 11_025, 8_000})
    void millisecondsNeverCorrectAnExactEncoder(int sampleRate) {
        SampleClock clock = new SampleClock(sampleRate, SAMPLES);
        for (long i = 0; i < frames(sampleRate, HOUR_S); i++) {
            feed(clock, encoder90k(i, sampleRate, 0));
            assertEquals(Timebase.ofSamples(i * SAMPLES, sampleRate), placed90k.get((int) i));
        }
        assertEquals(List.of(), verdicts);
        assertTrue(Math.abs(clock.drift90k()) <= 45, "half a millisecond of rounding");
    }

    @ParameterizedTest
    @CsvSource({
        "48000, 50, INSERT",
        "48000, -50, REMOVE",
        "44100, 50, INSERT",
        "22050, -50, REMOVE",
        "48000, 200, INSERT"
    })
    void driftIsMendedByWholeFrames(int sampleRate, double ppm, Verdict only) {
        SampleClock clock = new SampleClock(sampleRate, SAMPLES);
        long last90k = 0;
        for (long i = 0; i < frames(sampleRate, HOUR_S); i++) {
            last90k = encoder90k(i, sampleRate, ppm);
            feed(clock, last90k);
        }
        double drifted90k = Math.abs(HOUR_S * Timebase.HZ * ppm / 1e6);
        long expected = Math.round(drifted90k / clock.frame90k()) - 2;
        assertTrue(Math.abs(verdicts.size() - expected) <= 1, () -> verdicts + " but expected " + expected);
        assertTrue(verdicts.stream().allMatch(verdict -> verdict.startsWith(only.name())), verdicts::toString);
        assertTrue(Math.abs(last90k - clock.next90k()) <= 3 * clock.frame90k() + 90);
        assertEquals(ppm, clock.drift90k() * 1e6 / last90k, 1);
        for (int i = 1; i < placed90k.size(); i++) {
            long step90k = placed90k.get(i) - placed90k.get(i - 1);
            assertTrue(Math.abs(step90k - clock.frame90k()) <= 1, "frames stand side by side");
        }
    }

    @Test
    void jitterOfLessThanTwoFramesIsNothing() {
        SampleClock clock = new SampleClock(48_000, SAMPLES);
        for (int i = 0; i < 10_000; i++) {
            feed(clock, 1_920L * i + (i % 2 == 0 ? 0 : 3_000));
        }
        assertEquals(List.of(), verdicts);
    }

    @Test
    void shortTroubleIsWaitedOut() {
        SampleClock clock = new SampleClock(48_000, SAMPLES);
        for (int i = 0; i < 1_000; i++) {
            feed(clock, 1_920L * i + (i % 100 >= 60 ? 9_000 : 0));
        }
        assertEquals(List.of(), verdicts);
    }

    @Test
    void missingFramesAreAGap() {
        SampleClock clock = new SampleClock(48_000, SAMPLES);
        for (int i = 0; i < 100; i++) {
            feed(clock, 1_920L * i + (i < 50 ? 0 : 90_000));
        }
        assertEquals(List.of("GAP@2"), verdicts);
        assertEquals(49 * 1_920L, placed90k.get(49));
        assertEquals(50 * 1_920L + 90_000, placed90k.get(50));
    }

    @Test
    void gapWaitsForItsDiscontinuity() {
        SampleClock clock = new SampleClock(48_000, SAMPLES);
        feed(clock, 0);
        assertEquals(Verdict.GAP, clock.judge(90_000, true));
        assertFalse(clock.isCounting());
        assertEquals(1_920, clock.place(90_000), "goes on counting");
        clock.advance();
        assertEquals(Verdict.KEEP, clock.judge(91_920, true));
        assertEquals(3_840, clock.place(91_920));
        clock.onDiscontinuity();
        assertEquals(91_920, clock.place(91_920));
        assertTrue(clock.isCounting());
    }

    @Test
    void surplusFramesAreRemovedUntilTheEncoderIsThere() {
        SampleClock clock = new SampleClock(48_000, SAMPLES);
        for (int i = 0; i < 200; i++) {
            feed(clock, 1_920L * (i < 100 ? i : i - 40));
        }
        assertEquals(40, verdicts.size());
        assertTrue(verdicts.stream().allMatch(verdict -> verdict.startsWith("REMOVE")), verdicts::toString);
        assertEquals(160, placed90k.size());
    }

    @Test
    void timesThatWereLiftedProveNothing() {
        SampleClock clock = new SampleClock(48_000, SAMPLES);
        feed(clock, 0);
        for (int i = 1; i < 500; i++) {
            assertEquals(Verdict.KEEP, clock.judge(90L * i, false));
            assertEquals(1_920L * i, clock.place(90L * i));
            clock.advance();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {960, 3_840})
    void countThatKeepsFailingIsNotTrusted(long step90k) {
        SampleClock clock = new SampleClock(48_000, SAMPLES);
        for (int i = 0; i < 10_000; i++) {
            feed(clock, step90k * i);
        }
        assertTrue(verdicts.size() < 60, () -> verdicts.size() + " corrections");
        assertFalse(clock.isCounting());
        int last = placed90k.size() - 1;
        assertEquals(step90k, placed90k.get(last) - placed90k.get(last - 1), "as the encoder says");
        for (int i = 1; i < placed90k.size(); i++) {
            assertTrue(placed90k.get(i) > placed90k.get(i - 1));
        }
        clock.restart();
        assertEquals(step90k * 20_000, clock.place(step90k * 20_000));
        assertTrue(clock.isCounting(), "another publisher is trusted anew");
    }

    @Test
    void neverGoesBackWhenAnchoredAnew() {
        SampleClock clock = new SampleClock(48_000, SAMPLES);
        feed(clock, 90_000);
        clock.restart();
        assertEquals(91_920, clock.place(1_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {48_000, 44_100, 22_050})
    void anchorSurvivesMillisecondsOnTheWire(int sampleRate) {
        for (long ms = 0; ms < 3_000; ms++) {
            SampleClock clock = new SampleClock(sampleRate, SAMPLES);
            long dts90k = clock.place(Timebase.fromMs(ms));
            assertEquals(ms, Timebase.toMs(dts90k));
        }
    }
}
