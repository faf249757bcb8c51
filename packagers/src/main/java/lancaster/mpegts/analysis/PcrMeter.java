package lancaster.mpegts.analysis;

/**
 * Compares the clock references of a PID with when they come: drift and jitter by least squares over the last of them
 * (§5.3.2 measures the same against a reference clock; ours is the receiver's).
 */
final class PcrMeter {
    private static final int SAMPLES = 2_048;
    private static final long WRAP_27M = (1L << 33) * 300;
    private static final long LIMIT_NS = 100_000_000;
    private static final long LIMIT_27M = 2_700_000;
    private static final double NS_PER_27M = 1_000.0 / 27;

    private final IntervalMeter intervals = new IntervalMeter(LIMIT_NS);
    /** Of the last samples without a break: nanoseconds of the sender's clock and of ours since the first. */
    private final double[] sentNs = new double[SAMPLES];

    private final double[] arrivedNs = new double[SAMPLES];
    private int samples;
    private int next;

    private boolean begun;
    private long last27M;
    private long elapsed27M;
    private long firstArrivalNs;
    private long discontinuityErrors;

    /** @param announced whether the packet has the discontinuity_indicator */
    void sample(long pcr27M, long arrivalNs, boolean announced) {
        intervals.event(arrivalNs);
        long step27M = Math.floorMod(pcr27M - last27M, WRAP_27M);
        boolean breaks = begun && step27M > LIMIT_27M;
        discontinuityErrors += breaks && !announced ? 1 : 0;
        // A step that arrival confirms is a gap in what came, not in the clock.
        boolean confirmed = breaks && step27M < WRAP_27M / 2 && !announced && near(step27M, arrivalNs);
        if (!begun || announced || (breaks && !confirmed)) {
            samples = 0;
            next = 0;
            elapsed27M = 0;
            firstArrivalNs = arrivalNs;
        } else {
            elapsed27M += step27M;
        }
        begun = true;
        last27M = pcr27M;
        sentNs[next] = elapsed27M * NS_PER_27M;
        arrivedNs[next] = arrivalNs - firstArrivalNs;
        next = (next + 1) % SAMPLES;
        samples = Math.min(SAMPLES, samples + 1);
    }

    private boolean near(long step27M, long arrivalNs) {
        double sent = (elapsed27M + step27M) * NS_PER_27M;
        return Math.abs(sent - (arrivalNs - firstArrivalNs)) < 1e9;
    }

    void onTime(long nowNs) {
        intervals.onTime(nowNs);
    }

    long repetitionErrors() {
        return intervals.errors();
    }

    long discontinuityErrors() {
        return discontinuityErrors;
    }

    boolean isHeard() {
        return intervals.count() > 0;
    }

    /** The last reference, 27 MHz. */
    long last27M() {
        return last27M;
    }

    PcrReport report() {
        double meanSent = 0;
        double meanDelay = 0;
        for (int i = 0; i < samples; i++) {
            meanSent += sentNs[i] / samples;
            meanDelay += (arrivedNs[i] - sentNs[i]) / samples;
        }
        double squares = 0;
        double products = 0;
        double first = Double.MAX_VALUE;
        double latest = 0;
        for (int i = 0; i < samples; i++) {
            double sent = sentNs[i] - meanSent;
            squares += sent * sent;
            products += sent * (arrivedNs[i] - sentNs[i] - meanDelay);
            first = Math.min(first, sentNs[i]);
            latest = Math.max(latest, sentNs[i]);
        }
        double slope = squares == 0 ? 0 : products / squares;
        double least = 0;
        double most = 0;
        double sum = 0;
        for (int i = 0; i < samples; i++) {
            double residual = arrivedNs[i] - sentNs[i] - meanDelay - slope * (sentNs[i] - meanSent);
            least = Math.min(least, residual);
            most = Math.max(most, residual);
            sum += residual * residual / samples;
        }
        return new PcrReport(
                intervals.count(),
                intervals.meanNs(),
                intervals.maxNs(),
                samples == 0 ? 0 : (long) (latest - first),
                -slope * 1e6,
                (long) (most - least),
                (long) Math.sqrt(sum));
    }
}
