package lancaster.bench;

import java.util.function.DoubleUnaryOperator;

/** How often a second the gateway does something and how often the machine does the bare minimum of it, in turns. */
final class Share {
    private static final double SECONDS = 1;
    private static final double WARM_UP_SECONDS = 2;
    private static final int MAX_WARM_UPS = 15;
    /** A round that is faster than all before by more than this means that the compiler isn't done. */
    private static final double FASTER = 1.03;
    /** Of rounds in turn; their median counts. */
    private static final int REPETITIONS = Math.max(7, Duel.REPETITIONS);

    /** Between two looks at the clock. */
    private static final int BATCH = 8;

    private final double[] ours;
    private final double[] bare;

    private Share(double[] ours, double[] bare) {
        this.ours = ours;
        this.bare = bare;
    }

    /** Two operations. */
    static Share of(Runnable ours, Runnable bare) {
        return of(seconds -> perSecond(ours, seconds), seconds -> perSecond(bare, seconds));
    }

    /** Two measurements that take the seconds that they are given, and give how often a second. */
    static Share of(DoubleUnaryOperator ours, DoubleUnaryOperator bare) {
        warmUp(ours);
        warmUp(bare);
        double[] oursPerSecond = new double[REPETITIONS];
        double[] barePerSecond = new double[REPETITIONS];
        for (int i = 0; i < oursPerSecond.length; i++) {
            oursPerSecond[i] = ours.applyAsDouble(SECONDS);
            barePerSecond[i] = bare.applyAsDouble(SECONDS);
        }
        return new Share(oursPerSecond, barePerSecond);
    }

    /** Until it has not become faster twice. */
    private static void warmUp(DoubleUnaryOperator measurement) {
        double best = 0;
        int level = 0;
        for (int round = 0; round < MAX_WARM_UPS && level < 2; round++) {
            double perSecond = measurement.applyAsDouble(WARM_UP_SECONDS);
            if (perSecond <= 0) {
                throw new AssertionError("nothing happens");
            }
            level = perSecond < best * FASTER ? level + 1 : 0;
            best = Math.max(best, perSecond);
        }
    }

    Figure figure(String what, double goal, String format) {
        double[] shares = new double[ours.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = ours[i] / bare[i];
        }
        Figure figure = Figure.alone(what, "%.2f", "at least " + goal, v -> v >= goal, shares);
        return new Figure(
                what,
                Figure.spread(format, bare),
                figure.lancaster() + ", " + Figure.spread(format, ours),
                figure.goal(),
                figure.met(),
                figure.samples());
    }

    static double perSecond(Runnable operation, double seconds) {
        long beganNs = System.nanoTime();
        long endNs = beganNs + (long) (seconds * 1e9);
        long count = 0;
        long nowNs;
        do {
            for (int i = 0; i < BATCH; i++) {
                operation.run();
            }
            count += BATCH;
            nowNs = System.nanoTime();
        } while (nowNs < endNs);
        return count / ((nowNs - beganNs) / 1e9);
    }
}
