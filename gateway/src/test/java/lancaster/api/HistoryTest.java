package lancaster.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import lancaster.api.History.Column;
import lancaster.api.History.Tier;
import org.junit.jupiter.api.Test;

/** What is remembered of a stream, at each period. */
class HistoryTest {
    private static final long START_S = 1_800_000_000;

    private final History history = new History();

    private void add(long atS, float inputBits) {
        history.add(atS, Map.of(Column.INPUT_BITS_PER_SECOND, inputBits));
    }

    private Tier tier(int periodS) {
        return history.tier(periodS).orElseThrow();
    }

    private float[] values(int periodS, long afterS) {
        Tier tier = tier(periodS);
        return values(tier, Column.INPUT_BITS_PER_SECOND, tier.fromS(afterS));
    }

    private static float[] values(Tier tier, Column column, long fromS) {
        return Optional.ofNullable(tier.values(fromS).get(column)).orElseThrow();
    }

    @Test
    void onlyCompletePeriodsCount() {
        add(START_S, 7);
        assertEquals(0, values(1, 0).length);
        add(START_S + 1, 8);
        assertArrayEquals(new float[] {7}, values(1, 0));
        assertEquals(START_S, tier(1).fromS(0));
        assertEquals(0, values(10, 0).length);
    }

    @Test
    void coarsePeriodsAreAverages() {
        for (int second = 0; second < 20; second++) {
            add(START_S + second, second);
        }
        assertArrayEquals(new float[] {4.5f}, values(10, 0));
    }

    @Test
    void whatNobodyMeasuredIsMissing() {
        add(START_S, 7);
        add(START_S + 3, 9);
        add(START_S + 4, 10);
        assertArrayEquals(new float[] {7, Float.NaN, Float.NaN, 9}, values(1, 0));
        assertTrue(Float.isNaN(values(tier(1), Column.AV_DRIFT_MS, START_S)[0]));
    }

    @Test
    void onlyTheLastPeriodsAreKept() {
        for (int second = 0; second < 1_000; second++) {
            add(START_S + second, second);
        }
        float[] kept = values(1, 0);
        assertEquals(300, kept.length);
        assertEquals(699, kept[0]);
        assertEquals(998, kept[299]);
        assertEquals(START_S + 699, tier(1).fromS(0));
        assertEquals(99, values(10, 0).length);
    }

    @Test
    void aReaderGetsWhatIsNewToIt() {
        for (int second = 0; second < 10; second++) {
            add(START_S + second, second);
        }
        assertArrayEquals(new float[] {7, 8}, values(1, START_S + 7));
        assertEquals(0, values(1, START_S + 9).length);
        assertEquals(0, values(1, START_S + 9_000).length);
    }

    @Test
    void aClockThatIsSetBeginsAnew() {
        add(START_S, 1);
        add(START_S + 1, 2);
        add(START_S - 5_000, 3);
        assertEquals(0, values(1, 0).length);
        add(START_S - 4_999, 4);
        assertArrayEquals(new float[] {3}, values(1, 0));
        add(START_S + 50_000, 5);
        assertEquals(0, values(1, 0).length);
    }
}
