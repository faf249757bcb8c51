package lancaster.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LogBudgetTest {
    private long nowNs = Long.MAX_VALUE - 5;
    private final LogBudget budget = new LogBudget(() -> nowNs);

    @Test
    void whatIsLeftOutIsCountedAndSaidLater() {
        for (int i = 0; i < LogBudget.LINES; i++) {
            assertEquals(OptionalLong.of(0), budget.take());
        }
        for (int i = 0; i < 7; i++) {
            assertEquals(OptionalLong.empty(), budget.take());
        }
        nowNs += LogBudget.PERIOD_NS;
        assertEquals(OptionalLong.of(7), budget.take());
        assertEquals(OptionalLong.of(0), budget.take());
    }
}
