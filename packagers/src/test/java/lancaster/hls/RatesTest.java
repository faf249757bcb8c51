package lancaster.hls;

import static lancaster.segment.SegmentFixtures.SECOND;
import static lancaster.segment.SegmentFixtures.TRACKS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import lancaster.segment.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatesTest {
    @Test
    void thePeakIsThatOfTheLargestSegmentWhereTwoAreTooLongForARun() {
        List<Segment> segments = List.of(segment(4, 1_000_000), segment(4, 1_500_000), segment(4, 500_000));
        assertEquals(3_000_000, PeakRate.peak(segments, 4));
        assertEquals(2_000_000, PeakRate.average(segments));
    }

    @Test
    void thePeakIsThatOfTwoSegmentsWhereOneAloneIsTooShort() {
        List<Segment> segments = List.of(segment(2, 1_000_000), segment(2, 500_000), segment(2, 500_000));
        assertEquals(3_000_000, PeakRate.peak(segments, 6));
    }

    @Test
    void aGapIsNoLowRate() {
        Segment gap = new Segment(1, 0, 4 * SECOND, false, 0, 0, 0, 0, true, TRACKS);
        List<Segment> segments = List.of(segment(2, 500_000), gap, segment(4, 1_000_000));
        assertEquals(2_000_000, PeakRate.peak(segments, 6));
        assertEquals(2_000_000, PeakRate.average(segments));
    }

    @Test
    void aListTooShortForARunHasNoPeak() {
        assertEquals(0, PeakRate.peak(List.of(segment(1, 1_000_000)), 6));
        assertEquals(0, PeakRate.average(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        // promised | frames in 4 s | declared
        "25,     100, 25000",
        "29.97,  120, 29970",
        "60,     100, 25000",
        "25,      92, 25000",
        "25,      79, 19750",
        "25,     104, 26000",
        "1000,   100, 25000",
        "0,      100, 25000",
        "0,      120, 30000",
        "0,       96, 24000",
        "0,       90, 22500",
    })
    void thePromisedFrameRateCountsWhereFramesBearItOut(double promised, int frames, long declaredMilli) {
        Segment segment = new Segment(1, 0, 4 * SECOND, false, 0, 0, 1, frames, false, TRACKS);
        OptionalDouble rate = promised == 0 ? OptionalDouble.empty() : OptionalDouble.of(promised);
        assertEquals(OptionalLong.of(declaredMilli), FrameRate.milli(rate, List.of(segment)));
    }

    @Test
    void theHighestRateCountsOfAnEncoderThatStumbles() {
        List<Segment> segments = List.of(frames(4, 100), frames(4, 60), frames(0.5, 40));
        assertEquals(OptionalLong.of(25_000), FrameRate.milli(OptionalDouble.empty(), segments));
        assertEquals(OptionalLong.of(80_000), FrameRate.milli(OptionalDouble.empty(), List.of(frames(0.5, 40))));
    }

    @Test
    void thePromiseStandsThoughTheFramesOfAStallComeInAMoment() {
        List<Segment> segments = List.of(frames(4, 100), frames(4, 162), frames(4, 99));
        assertEquals(OptionalLong.of(25_000), FrameRate.milli(OptionalDouble.of(25), segments));
        assertEquals(OptionalLong.of(40_500), FrameRate.milli(OptionalDouble.empty(), segments));
    }

    @Test
    void framesThatAreNotThereHaveNoRate() {
        Segment gap = new Segment(1, 0, 4 * SECOND, false, 0, 0, 0, 0, true, TRACKS);
        assertEquals(OptionalLong.empty(), FrameRate.milli(OptionalDouble.of(25), List.of(gap)));
    }

    private static Segment frames(double seconds, int frames) {
        return new Segment(1, 0, (long) (seconds * SECOND), false, 0, 0, 1, frames, false, TRACKS);
    }

    private static Segment segment(long seconds, long bytes) {
        return new Segment(1, 0, seconds * SECOND, false, 0, 0, bytes, 100, false, TRACKS);
    }
}
