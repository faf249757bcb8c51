package lancaster.access;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** So many log lines a period and no more, whatever knocks at the door. From any thread. */
public final class LogBudget {
    static final int LINES = 20;
    static final long PERIOD_NS = 10_000_000_000L;

    private final LongSupplier nowNs;
    private long periodNs;
    private int left = LINES;
    private long unsaid;

    public LogBudget(LongSupplier nowNs) {
        this.nowNs = nowNs;
        this.periodNs = nowNs.getAsLong();
    }

    /** How many lines were left out since the last one; empty if this one is to be left out too. */
    public synchronized OptionalLong take() {
        long now = nowNs.getAsLong();
        if (now - periodNs >= PERIOD_NS) {
            periodNs = now;
            left = LINES;
        }
        if (left == 0) {
            unsaid++;
            return OptionalLong.empty();
        }
        left--;
        long before = unsaid;
        unsaid = 0;
        return OptionalLong.of(before);
    }
}
