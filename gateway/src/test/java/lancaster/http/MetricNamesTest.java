package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Dashboards and alerts refer to metrics by name: one that is renamed or goes is a change that operators must hear of.
 * {@code -Dgolden.update} adds new ones to the list of those that stay.
 */
class MetricNamesTest {
    private static final Path STAY = Path.of("src/test/resources/golden/http/metrics.txt");
    private static final List<List<? extends Metric<?>>> ALL = List.of(
            BoxMetrics.BOX,
            BoxMetrics.RTMP,
            RtmfpMetrics.SESSIONS,
            RtmfpMetrics.DATAGRAMS,
            RtmfpMetrics.INTRODUCTIONS,
            RtmfpMetrics.DIRECTORY,
            BoxMetrics.ACCESS,
            BoxMetrics.SEGMENTS,
            BoxMetrics.ENDLESS,
            BoxMetrics.PICTURES,
            BoxMetrics.PACING,
            BoxMetrics.LOOP,
            StreamMetrics.STREAM,
            StreamMetrics.HTTP,
            StreamMetrics.PLAY,
            StreamMetrics.TRACK,
            StreamMetrics.OUTPUT,
            StreamMetrics.HLS,
            StreamMetrics.HDS,
            MulticastMetrics.OUTPUT,
            MulticastMetrics.WAY,
            MulticastMetrics.INPUT,
            UnattendedMetrics.TARGET,
            UnattendedMetrics.PULL);

    private static Stream<Metric<?>> all() {
        return ALL.stream().flatMap(List::stream);
    }

    @Test
    void namesStay() throws IOException {
        Map<String, String> helps = new TreeMap<>();
        all().forEach(metric -> helps.put(metric.name(), metric.help()));
        if (System.getProperty("golden.update") != null) {
            Files.writeString(
                    STAY,
                    helps.entrySet().stream()
                            .map(entry -> entry.getKey() + "\n    " + entry.getValue() + "\n")
                            .collect(Collectors.joining()));
        }
        Set<String> gone = new TreeSet<>();
        for (String line : Files.readAllLines(STAY)) {
            if (!line.startsWith(" ") && !helps.containsKey(line)) {
                gone.add(line);
            }
        }
        assertEquals(Set.of(), gone);
    }

    @Test
    void eachNameIsUsedOnceAndSaysWhatItCountsIn() {
        assertEquals(all().count(), all().map(Metric::name).distinct().count());
        all().map(Metric::name).forEach(name -> assertTrue(name.matches("lancaster(_[a-z]+)+"), name));
        all().map(Metric::name)
                .forEach(name -> assertTrue(!name.matches(".*_(ms|ns|us|millis|kilobytes|percent)(_total)?"), name));
    }
}
