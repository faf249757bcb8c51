package lancaster.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long MS = 1_000_000;

    private final Patience patience = new Patience(0);

    @Test
    void whereNobodySaysItIsTheUsual() {
        assertEquals(Patience.USUAL_NS, patience.ns(0));
        assertEquals(Patience.USUAL_NS, patience.ns(100 * SECOND_NS));
    }

    @Test
    void theLeastThatWasSaidCounts() {
        patience.atMost(20 * MS, 0);
        assertEquals(20 * MS, patience.ns(1));
        patience.atMost(0, 2);
        patience.atMost(20 * MS, 3);
        assertEquals(0, patience.ns(4));
    }

    @Test
    void whatIsSaidHoldsForASecondAtLeastAndForTwoAtMost() {
        patience.atMost(20 * MS, 0);
        patience.atMost(0, SECOND_NS - 1);
        patience.atMost(20 * MS, SECOND_NS);
        assertEquals(0, patience.ns(2 * SECOND_NS - 1));
        assertEquals(20 * MS, patience.ns(2 * SECOND_NS));
    }

    @Test
    void whatWasSaidBeforeASilenceIsForgotten() {
        patience.atMost(20 * MS, 0);
        assertEquals(Patience.USUAL_NS, patience.ns(2 * SECOND_NS));
    }
}
