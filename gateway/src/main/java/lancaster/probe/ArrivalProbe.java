package lancaster.probe;

import java.util.Optional;
import lancaster.media.Timebase;

/** Compares when access units come with when they are due. */
final class ArrivalProbe {
    private static final long NS_PER_MS = 1_000_000;
    private static final double NS_PER_SECOND = 1e9;
    private static final double MS_PER_SECOND = 1e3;
    /** What comes within so long counts as having come at once. */
    private static final long AT_ONCE_NS = 200 * NS_PER_MS;
    /** From here on jitter and speed are measured. */
    private static final long SETTLED_NS = 1_000 * NS_PER_MS;
    /** A step of the clock by so much is none of the network's. */
    private static final long STEP_NS = 10_000 * NS_PER_MS;

    private final long beginNs;
    private boolean begun;
    private long firstNs;
    private long first90k;
    private long lastNs;
    private long burst90k;
    private long silenceNs;

    private boolean settled;
    private long settledNs;
    private long settled90k;
    private long latest90k;
    private long latestNs;
    private long earliestNs = Long.MAX_VALUE;
    private long mostLateNs = Long.MIN_VALUE;

    /** @param beginNs when it was asked for */
    ArrivalProbe(long beginNs) {
        this.beginNs = beginNs;
    }

    void unit(long dts90k, long nowNs) {
        if (!begun) {
            begun = true;
            firstNs = nowNs;
            first90k = dts90k;
            lastNs = nowNs;
        }
        silenceNs = Math.max(silenceNs, nowNs - lastNs);
        lastNs = nowNs;
        if (nowNs - firstNs < AT_ONCE_NS) {
            burst90k = Math.max(burst90k, dts90k - first90k);
        }
        if (nowNs - firstNs < SETTLED_NS) {
            return;
        }
        if (!settled || Math.abs(lateNs(dts90k, nowNs)) > STEP_NS) {
            settled = true;
            settledNs = nowNs;
            settled90k = dts90k;
            latest90k = dts90k;
            earliestNs = Long.MAX_VALUE;
            mostLateNs = Long.MIN_VALUE;
        }
        if (dts90k >= latest90k) {
            latest90k = dts90k;
            latestNs = nowNs;
        }
        long lateNs = lateNs(dts90k, nowNs);
        earliestNs = Math.min(earliestNs, lateNs);
        mostLateNs = Math.max(mostLateNs, lateNs);
    }

    private long lateNs(long dts90k, long nowNs) {
        return nowNs - settledNs - Timebase.toNs(dts90k - settled90k);
    }

    Optional<TimingReport.Arrival> report(long endNs) {
        if (!begun) {
            return Optional.empty();
        }
        double mediaSeconds = settled ? Timebase.toSeconds(latest90k - settled90k) : 0;
        double realSeconds = settled ? (latestNs - settledNs) / NS_PER_SECOND : 0;
        return Optional.of(new TimingReport.Arrival(
                (firstNs - beginNs) / NS_PER_MS,
                Timebase.toMs(burst90k),
                realSeconds > 0 ? mediaSeconds / realSeconds : 0,
                Math.round((mediaSeconds - realSeconds) * MS_PER_SECOND),
                settled ? (mostLateNs - earliestNs) / NS_PER_MS : 0,
                Math.max(silenceNs, endNs - lastNs) / NS_PER_MS));
    }
}
