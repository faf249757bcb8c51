package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lancaster.kit.GoldenFile;
import org.junit.jupiter.api.Test;

/** Dashboards and alerts refer to metrics by name: one that is renamed or goes is a change that operators must hear of. */
class MetricNamesTest {
    private static final List<List<? extends Metric<?>>> ALL = List.of(
            BoxMetrics.BOX,
            BoxMetrics.RTMP,
            BoxMetrics.ACCESS,
            BoxMetrics.SEGMENTS,
            BoxMetrics.PACING,
            BoxMetrics.LOOP,
            StreamMetrics.STREAM,
            StreamMetrics.TRACK,
            StreamMetrics.OUTPUT,
            StreamMetrics.HLS,
            MulticastMetrics.OUTPUT,
            MulticastMetrics.WAY,
            MulticastMetrics.INPUT);

    private static Stream<Metric<?>> all() {
        return ALL.stream().flatMap(List::stream);
    }

    @Test
    void namesStay() {
        Map<String, String> helps = new TreeMap<>();
        all().forEach(metric -> helps.put(metric.name(), metric.help()));
        GoldenFile.assertGolden(
                "http/metrics.txt",
                helps.entrySet().stream()
                        .map(entry -> entry.getKey() + "\n    " + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    @Test
    void eachNameIsUsedOnceAndSaysWhatItCountsIn() {
        assertTrue(all().map(Metric::name).distinct().count() == all().count());
        all().map(Metric::family).forEach(family -> assertTrue(family.matches("lancaster(_[a-z]+)+"), family));
        all().map(Metric::name)
                .forEach(name -> assertTrue(!name.matches(".*_(ms|ns|us|millis|kilobytes|percent)(_total)?"), name));
    }
}
