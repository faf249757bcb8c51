package lancaster.http;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer to one question of Prometheus while it is put together. */
final class Families {
    private final Map<String, Family> families = new LinkedHashMap<>();
    private final MetricSnapshots.Builder all = MetricSnapshots.builder();

    private record Family(Metric<?> metric, Map<Labels, Double> values) {
        MetricSnapshot snapshot() {
            return metric.isCounter() ? counter() : gauge();
        }

        private MetricSnapshot counter() {
            CounterSnapshot.Builder made =
                    CounterSnapshot.builder().name(metric.family()).help(metric.help());
            values.forEach((labels, value) -> made.dataPoint(new CounterDataPointSnapshot(value, labels, null, 0)));
            return made.build();
        }

        private MetricSnapshot gauge() {
            GaugeSnapshot.Builder made =
                    GaugeSnapshot.builder().name(metric.family()).help(metric.help());
            values.forEach((labels, value) -> made.dataPoint(new GaugeDataPointSnapshot(value, labels, null)));
            return made.build();
        }
    }

    /** What is known of {@code subject}; what isn't known is left out. Of the same labels the sum counts. */
    <T> void add(List<Metric<T>> metrics, Labels labels, T subject) {
        for (Metric<T> metric : metrics) {
            double value = metric.value().applyAsDouble(subject);
            if (!Double.isNaN(value)) {
                families.computeIfAbsent(metric.name(), name -> new Family(metric, new LinkedHashMap<>()))
                        .values()
                        .merge(labels, value, Double::sum);
            }
        }
    }

    /** A one whose labels are what it says. */
    void info(String family, String help, Labels labels) {
        all.metricSnapshot(InfoSnapshot.builder()
                .name(family)
                .help(help)
                .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
                .build());
    }

    MetricSnapshots snapshots() {
        families.values().forEach(family -> all.metricSnapshot(family.snapshot()));
        return all.build();
    }
}
