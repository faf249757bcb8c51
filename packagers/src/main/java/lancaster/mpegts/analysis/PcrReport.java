package lancaster.mpegts.analysis;

/**
 * How the clock references of a program come.
 *
 * @param count since the beginning
 * @param meanIntervalNs between arrivals
 * @param maxIntervalNs since the beginning
 * @param observedNs how long the following was observed for, without a break
 * @param driftPpm how much faster the sender's clock runs than ours, parts per million, by least squares; tells something
 *     once it was observed for some ten seconds
 * @param jitterPeakNs between the earliest and the latest arrival, drift taken out
 * @param jitterRmsNs the same as a root mean square
 */
public record PcrReport(
        long count,
        long meanIntervalNs,
        long maxIntervalNs,
        long observedNs,
        double driftPpm,
        long jitterPeakNs,
        long jitterRmsNs) {}
