package lancaster.probe;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How the tracks go together, and how they came.
 *
 * @param avStartMs how much later the first sound is presented than the first picture
 * @param avDriftMs how much further the clock of the timestamps has gone than the audio samples: what the encoder's
 *     two clocks differ
 * @param audioAheadMs how far ahead of the video the audio was at most when it came, by its times
 * @param audioBehindMs how far behind
 * @param arrival how it came; absent for what didn't come in real time, such as files
 */
public record TimingReport(
        OptionalLong avStartMs,
        OptionalDouble avDriftMs,
        OptionalLong audioAheadMs,
        OptionalLong audioBehindMs,
        java.util.Optional<Arrival> arrival) {
    /**
     * @param firstMs from the beginning to the first access unit
     * @param burstMs how much media came at once at the beginning
     * @param speed media time against real time, the burst left out; 1 is live
     * @param gainedMs how much more media than time came since; below 0 less
     * @param jitterMs between the earliest and the latest access unit, by their times, after the first second
     * @param silenceMs the longest time without an access unit
     */
    public record Arrival(long firstMs, long burstMs, double speed, long gainedMs, long jitterMs, long silenceMs) {}
}
