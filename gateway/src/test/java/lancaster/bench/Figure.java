package lancaster.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;

/** One row of the table: what was measured on both servers, and whether the median of the gateway meets the goal. */
record Figure(String what, String theirs, String lancaster, String goal, boolean met, List<Double> samples) {

    /** A row of both servers; {@code theirs} is empty where the other one isn't installed. */
    static Figure of(String what, String format, String goal, DoublePredicate met, double[] theirs, double[] ours) {
        return new Figure(
                what,
                theirs.length == 0 ? "missing" : spread(format, theirs),
                spread(format, ours),
                goal,
                met.test(median(ours)),
                Arrays.stream(ours).boxed().toList());
    }

    /** A row where the other server has nothing to compare. */
    static Figure alone(String what, String format, String goal, DoublePredicate met, double[] ours) {
        Figure figure = of(what, format, goal, met, new double[0], ours);
        return new Figure(what, "-", figure.lancaster, goal, figure.met, figure.samples);
    }

    /** The same with what others make of it. */
    Figure beside(String others) {
        return new Figure(what, others, lancaster, goal, met, samples);
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "never";
    }

    /** The median with the extremes of the repetitions. */
    static String spread(String format, double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        String middle = number(format, median(values));
        if (sorted.length < 2) {
            return middle;
        }
        return middle + " (" + number(format, sorted[0]) + " to " + number(format, sorted[sorted.length - 1]) + ")";
    }

    String metText() {
        return met ? "met" : "NOT MET";
    }
}
