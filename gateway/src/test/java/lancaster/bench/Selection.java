package lancaster.bench;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.TestInfo;

/** The rows that {@code -Dlancaster.bench.rows} names, methods of the benchmarks; without it all of them. */
final class Selection {
    private Selection() {}

    /** Skips a method that isn't asked for. */
    static void assumeAskedFor(TestInfo test) {
        String rows = System.getProperty("lancaster.bench.rows", "");
        String name = test.getTestMethod().orElseThrow().getName();
        Assumptions.assumeTrue(rows.isEmpty() || List.of(rows.split(",", -1)).contains(name), "not asked for");
    }
}
