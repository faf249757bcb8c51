package lancaster.hlscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import lancaster.hlscheck.MediaList.Entry;
import lancaster.hlscheck.SegmentRules.Loaded;
import org.junit.jupiter.api.Test;

/** The worked examples that belong to the list of rules. */
class WorkedExamplesTest {
    @Test
    void theTargetBoundsTheRoundedDuration() {
        TextBreakages.media(TextBreakages.TS).assertNone();
        assertEquals(
                Set.of(Rule.WITHIN_TARGET),
                TextBreakages.media(TextBreakages.TS.replace("6.490", "6.500")).rules());
        TextBreakages.media(TextBreakages.TS.replace("6.490", "6.500").replace("TION:6", "TION:7"))
                .assertNone();
    }

    @Test
    void aSlideKeepsTheDiscontinuitySequenceOfEachSegment() {
        String list = TextBreakages.list(5, 100, 3, 6, "");
        TextBreakages.reloads(list, 4, TextBreakages.list(5, 101, 3, 6, "")).assertNone();
        TextBreakages.reloads(list, 4, TextBreakages.list(5, 102, 4, 6, "")).assertNone();
        assertEquals(
                Set.of(Rule.DISCONTINUITY_SEQUENCE_COUNTS),
                TextBreakages.reloads(list, 4, TextBreakages.list(5, 102, 3, 6, ""))
                        .rules());
    }

    @Test
    void aListThatLosesItsDiscontinuityLineRaisesTheTag() {
        String list = TextBreakages.list(5, 100, 3, 6, "");
        String bare = TextBreakages.list(5, 101, 3, 6, "").replace("#EXT-X-DISCONTINUITY\n", "");
        assertEquals(
                Set.of(Rule.DISCONTINUITY_SEQUENCE_COUNTS),
                TextBreakages.reloads(list, 4, bare).rules());
    }

    @Test
    void anUpdateIsLateAfterOneAndAHalfTargets() {
        String list = TextBreakages.list(6, 100, 3, 6, "");
        TextBreakages.reloads(list, 9, TextBreakages.list(6, 101, 3, 6, "")).assertNone();
        assertEquals(
                Set.of(Rule.UPDATED_IN_TIME),
                TextBreakages.reloads(list, 10, TextBreakages.list(6, 101, 3, 6, ""))
                        .rules());
    }

    @Test
    void thePeakIsThatOfRunsOfAboutATarget() {
        // 1.0, 1.5 and 0.5 MB of 4 s each: with a target of 4 s only single segments are runs.
        List<Loaded> segments = IntStream.range(0, 3)
                .mapToObj(i -> new Loaded(
                        new Entry(
                                0,
                                i,
                                i + ".ts",
                                new BigDecimal("4.000"),
                                false,
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                false),
                        List.of(1_000_000, 1_500_000, 500_000).get(i),
                        new SegmentMedia(List.of()),
                        Map.of()))
                .toList();
        assertEquals(3_000_000, VariantRules.peak(segments, 4), 0.1);
    }

    @Test
    void datesMayOverlapByLessThanASecond() {
        TextBreakages.media(TextBreakages.TS.replace("10:00:18.490Z", "10:00:18.450Z"))
                .assertNone();
        assertEquals(
                Set.of(Rule.DATE_TIME_UNAMBIGUOUS),
                TextBreakages.media(TextBreakages.TS.replace("10:00:18.490Z", "10:00:17.390Z"))
                        .rules());
    }
}
