package lancaster.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One row of the table: what was measured on both servers, and whether the goal is met. */
record Figure(String what, String nginx, String lancaster, String goal, Optional<Boolean> met, List<Double> samples) {

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
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

    /** The same row where the other server has nothing to compare. */
    Figure withoutNginx() {
        return new Figure(what, "-", lancaster, goal, met, samples);
    }

    String metText() {
        return met.map(yes -> yes ? "met" : "NOT MET").orElse("-");
    }
}
