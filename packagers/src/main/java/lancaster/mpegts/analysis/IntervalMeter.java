package lancaster.mpegts.analysis;

/** Watches that something comes often enough; each time it doesn't is an error once, however long it takes. */
final class IntervalMeter {
    private final long limitNs;
    private boolean begun;
    private long lastNs;
    private boolean late;
    private long errors;
    private long maxNs;
    private long count;
    private long sumNs;

    /** @param limitNs the longest interval that is right */
    IntervalMeter(long limitNs) {
        this.limitNs = limitNs;
    }

    /** It should come from now on. */
    void begin(long nowNs) {
        if (!begun) {
            begun = true;
            lastNs = nowNs;
        }
    }

    void event(long nowNs) {
        begin(nowNs);
        onTime(nowNs);
        long intervalNs = nowNs - lastNs;
        maxNs = Math.max(maxNs, intervalNs);
        sumNs += intervalNs;
        count++;
        lastNs = nowNs;
        late = false;
    }

    void onTime(long nowNs) {
        if (begun && !late && nowNs - lastNs > limitNs) {
            late = true;
            errors++;
        }
    }

    long errors() {
        return errors;
    }

    long maxNs() {
        return maxNs;
    }

    long count() {
        return count;
    }

    long meanNs() {
        return count < 2 ? 0 : sumNs / (count - 1);
    }
}
