package lancaster.http;

import java.util.function.ToDoubleFunction;

/**
 * One number that Prometheus gets, and how it is read from what is known of its subject. Names are for ever: dashboards
 * and alerts of operators refer to them.
 *
 * @param name with its unit, and with {@code _total} if it only grows
 * @param value {@link Double#NaN} while it isn't known
 */
record Metric<T>(String name, String help, ToDoubleFunction<T> value) {
    static final double MS_A_SECOND = 1e3;
    static final double NS_A_SECOND = 1e9;
    private static final String TOTAL = "_total";

    boolean isCounter() {
        return name.endsWith(TOTAL);
    }

    static double bit(boolean value) {
        return value ? 1 : 0;
    }
}
