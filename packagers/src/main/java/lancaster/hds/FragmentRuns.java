package lancaster.hds;

import java.util.ArrayList;
import java.util.List;

/** Builds a fragment run table fragment by fragment. */
final class FragmentRuns {
    private final List<FragmentRun> entries = new ArrayList<>();
    private boolean begun;
    private long period;
    private long nextFragment;
    private long endMs;

    /** A fragment that can be loaded. Numbers that are left out are missing. */
    void add(long number, long start90k, long end90k) {
        long itsPeriod = HdsTime.period(start90k);
        long startMs = HdsTime.ms(start90k, itsPeriod);
        boolean jumps = begun && (number != nextFragment || startMs > endMs || itsPeriod != period);
        if (jumps) {
            // It stands where the fragments before it end, in their time, with the first number that is missing.
            entries.add(new FragmentRun(nextFragment, endMs, 0, FragmentRun.BOTH));
        }
        // Never 0, which would make it a discontinuity.
        long durationMs = Math.max(1, HdsTime.ms(end90k, itsPeriod) - startMs);
        if (!begun || jumps || !continues(startMs, durationMs)) {
            entries.add(new FragmentRun(number, startMs, durationMs, 0));
        }
        begun = true;
        period = itsPeriod;
        nextFragment = number + 1;
        endMs = startMs + durationMs;
    }

    /** Nothing will follow. */
    void end() {
        entries.add(new FragmentRun(0, 0, 0, FragmentRun.END));
    }

    /** Where the last fragment ends. */
    long endMs() {
        return endMs;
    }

    List<FragmentRun> entries() {
        return entries;
    }

    /** Whether the fragment is one more of the last run: of the same duration, and where the run puts it. */
    private boolean continues(long startMs, long durationMs) {
        return entries.get(entries.size() - 1).durationMs() == durationMs && startMs == endMs;
    }
}
