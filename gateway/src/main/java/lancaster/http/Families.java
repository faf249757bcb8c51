package lancaster.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer to one question of Prometheus while it is put together, in the text format 0.0.4. The library checks every
 * name of every line anew, which takes most of the time for the thousands of lines that a hundred streams have.
 */
final class Families {
    /** From here on not every integer is a double. */
    private static final double EXACT = 1L << 53;

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final StringBuilder lines = new StringBuilder(8 << 10);

    private record Family(Metric<?> metric, Map<String, Double> values) {}

    /** What is known of {@code subject}; what isn't known is left out. Of the same labels the sum counts. */
    <T> void add(List<Metric<T>> metrics, Labels labels, T subject) {
        for (Metric<T> metric : metrics) {
            double value = metric.value().applyAsDouble(subject);
            if (!Double.isNaN(value)) {
                families.computeIfAbsent(metric.name(), name -> new Family(metric, new LinkedHashMap<>()))
                        .values()
                        .merge(labels.text(), value, Double::sum);
            }
        }
    }

    /** A one whose labels are what it says. */
    void info(String name, String help, Labels labels) {
        head(name, help, "gauge");
        lines.append(name).append(labels.text()).append(" 1\n");
    }

    /** Family by family, so that no large text is copied about. */
    void writeTo(OutputStream out) throws IOException {
        for (Family family : families.values()) {
            Metric<?> metric = family.metric();
            head(metric.name(), metric.help(), metric.isCounter() ? "counter" : "gauge");
            family.values().forEach((labels, value) -> line(metric.name(), labels, value));
            flush(out);
        }
        flush(out);
    }

    private void flush(OutputStream out) throws IOException {
        out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        lines.setLength(0);
    }

    private void head(String name, String help, String type) {
        lines.append("# HELP ").append(name).append(' ').append(help);
        lines.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, double value) {
        lines.append(name).append(labels).append(' ');
        if (value == (long) value && Math.abs(value) < EXACT) {
            lines.append((long) value).append(".0");
        } else if (Double.isInfinite(value)) {
            lines.append(value > 0 ? "+Inf" : "-Inf");
        } else {
            lines.append(value);
        }
        lines.append('\n');
    }
}
