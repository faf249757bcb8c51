package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import lancaster.stream.SegmentCuts.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentCutsTest {
    private static final long SEGMENT_90K = 4 * 90_000;
    private static final int TARGET_S = 6;
    private static final long FRAME_90K = 3_600;

    private final SegmentCuts cuts = new SegmentCuts(SEGMENT_90K, TARGET_S, true);

    /** Cuts {@code frames} frames of video; gives each segment's milliseconds, with the verdict where it isn't CUT. */
    private List<String> segments(int frames, long frame90k, IntPredicate randomAccess) {
        List<String> segments = new ArrayList<>();
        long start90k = 0;
        cuts.begin(0);
        for (int i = 0; i < frames; i++) {
            long dts90k = i * frame90k;
            boolean startsHere = randomAccess.test(i);
            if (startsHere) {
                cuts.randomAccess(dts90k);
            }
            Verdict verdict = i == 0 ? Verdict.NONE : cuts.judge(dts90k, startsHere, frame90k, true);
            if (verdict != Verdict.NONE) {
                segments.add((dts90k - start90k) / 90 + (verdict == Verdict.CUT ? "" : " " + verdict));
                start90k = dts90k;
                cuts.begin(dts90k);
            }
        }
        return segments;
    }

    @ParameterizedTest
    @CsvSource({
        // GOP in frames of 40 ms | durations of the first segments
        "25,   '4000,4000,4000,4000'",
        "50,   '4000,4000,4000,4000'",
        "75,   '6000,3000,3000,6000,3000,3000'",
        "88,   '3520,3520,3520,3520'",
        "100,  '4000,4000,4000,4000'",
        "150,  '6000,6000,6000,6000'",
        "162,  '6480,6480,6480'",
    })
    void cutsAtTheFirstRandomAccessPointBehindEachMultiple(int gop, String expected) {
        List<String> segments = segments(25 * 40, FRAME_90K, i -> i % gop == 0);
        List<String> first = List.of(expected.split(",", -1));
        assertEquals(first, segments.subList(0, first.size()));
    }

    @Test
    void gopOfTenSecondsIsCutWhereTheTargetDurationEnds() {
        List<String> segments = segments(25 * 30, FRAME_90K, i -> i % 250 == 0);
        assertEquals(
                List.of("6480 FORCED", "3520", "6480 FORCED", "3520", "6480 FORCED"),
                segments.subList(0, 5),
                segments::toString);
    }

    @Test
    void gopOfAMinuteIsCutAgainAndAgain() {
        List<String> segments = segments(25 * 70, FRAME_90K, i -> i % 1_500 == 0);
        assertEquals(Collections.nCopies(9, "6480 FORCED"), segments.subList(0, 9));
        assertEquals("1680", segments.get(9), "the next random access point, 60 s");
    }

    @ParameterizedTest
    @CsvSource({"584909, CUT", "584910, CUT", "584999, CUT", "585000, GAP", "585001, GAP"})
    void targetDurationIsRoundedLikeAPlayerDoes(long duration90k, Verdict expected) {
        cuts.begin(0);
        assertEquals(expected, cuts.judge(duration90k, true, FRAME_90K, true));
    }

    @ParameterizedTest
    @CsvSource({"577709, NONE", "581309, NONE", "581310, FORCED", "584999, FORCED", "585000, GAP"})
    void foreseesTheAccessUnitThatWouldBeTooLate(long duration90k, Verdict expected) {
        cuts.begin(0);
        assertEquals(expected, cuts.judge(duration90k, false, FRAME_90K, true));
    }

    @Test
    void forcedCutsAreAtPicturesWhereThereAreAny() {
        cuts.begin(0);
        List<String> forced = new ArrayList<>();
        long sound90k = 0;
        for (long picture90k = 0; picture90k < 30 * 90_000; picture90k += FRAME_90K) {
            for (; sound90k < picture90k; sound90k += 1_920) {
                if (cuts.judge(sound90k, false, 1_920, false) != Verdict.NONE) {
                    forced.add("sound at " + sound90k);
                }
            }
            if (cuts.judge(picture90k, false, FRAME_90K, true) != Verdict.NONE) {
                forced.add(picture90k / 90 + "");
                cuts.begin(picture90k);
            }
        }
        assertEquals(List.of("6440", "12880", "19320", "25760"), forced);
    }

    @Test
    void soundIsCutWherePicturesAreTooRare() {
        cuts.begin(0);
        assertEquals(Verdict.NONE, cuts.judge(0, false, FRAME_90K, true));
        assertEquals(Verdict.NONE, cuts.judge(582_900, false, 1_920, false));
        assertEquals(Verdict.FORCED, cuts.judge(583_000, false, 1_920, false));
    }

    @Test
    void oneLongGopDoesNotShortenSegmentsForLong() {
        List<Integer> keys = new ArrayList<>(List.of(0, 140));
        for (int i = 190; i < 25 * 600; i += 50) {
            keys.add(i);
        }
        List<String> segments = segments(25 * 600, FRAME_90K, keys::contains);
        assertEquals("4000", segments.get(segments.size() - 1));
        long shortened = segments.stream().filter("2000"::equals).count();
        assertTrue(shortened > 0 && shortened <= SegmentCuts.REMEMBERED_GOPS, segments::toString);
    }

    @Test
    void doesNotMakeTinySegmentsBehindADiscontinuity() {
        cuts.begin(SEGMENT_90K - 900);
        assertEquals(Verdict.NONE, cuts.judge(SEGMENT_90K, true, 900, true));
        assertEquals(Verdict.NONE, cuts.judge(SEGMENT_90K + 80_000, true, 900, true));
        assertEquals(Verdict.CUT, cuts.judge(SEGMENT_90K + 90_000, true, 900, true));
    }

    @Test
    void audioIsCutAtAnyFrame() {
        List<String> segments = segments(47 * 20, 1_920, i -> true);
        assertEquals(List.of("4010", "3989", "4010", "3989"), segments.subList(0, 4));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void irregularGopsThatCanBeKeptWholeAreKeptWhole(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> keys = new ArrayList<>(List.of(0, 125));
        while (keys.get(keys.size() - 1) < 25 * 600) {
            keys.add(keys.get(keys.size() - 1) + (random.nextInt(4) == 0 ? 125 : random.nextInt(2, 126)));
        }
        List<String> segments = segments(25 * 600, FRAME_90K, keys::contains);
        for (String segment : segments) {
            assertTrue(Integer.parseInt(segment) < 6_500, segment);
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void noSegmentIsTooLongWhateverTheFrameRate(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        cuts.begin(0);
        long dts90k = 0;
        long start90k = 0;
        long frame90k = 3_600;
        for (int i = 0; i < 20_000; i++) {
            // 15 to 60 frames a second, in milliseconds.
            long step90k = 90L * random.nextInt(16, 67);
            dts90k += step90k;
            frame90k = Math.max(step90k, 67 * 90);
            Verdict verdict = cuts.judge(dts90k, random.nextInt(500) == 0, frame90k, true);
            assertTrue(verdict != Verdict.GAP, "foreseen");
            assertTrue(dts90k - start90k < 585_000);
            if (verdict != Verdict.NONE) {
                start90k = dts90k;
                cuts.begin(dts90k);
            }
        }
    }
}
