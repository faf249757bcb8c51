package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamiliesTest {
    private static final List<Metric<Double>> METRICS = List.of(
            new Metric<>("lancaster_things_total", "Things", value -> value),
            new Metric<>("lancaster_half_things", "Halves", value -> value / 2));

    private final Families families = new Families();

    private String text() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        families.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachFamilyIsInOnePlaceUnderItsNameAndType() throws IOException {
        families.add(METRICS, Labels.of("stream", "live/a"), 3.0);
        families.add(METRICS, Labels.of("stream", "live/b"), 4e9);
        assertEquals(
                """
                # HELP lancaster_things_total Things
                # TYPE lancaster_things_total counter
                lancaster_things_total{stream="live/a"} 3.0
                lancaster_things_total{stream="live/b"} 4000000000.0
                # HELP lancaster_half_things Halves
                # TYPE lancaster_half_things gauge
                lancaster_half_things{stream="live/a"} 1.5
                lancaster_half_things{stream="live/b"} 2000000000.0
                """,
                text());
    }

    @Test
    void whatIsNotKnownIsLeftOut() throws IOException {
        families.add(METRICS, Labels.NONE, Double.NaN);
        assertEquals("", text());
    }

    @Test
    void theSumOfTheSameLabelsCounts() throws IOException {
        families.add(METRICS.subList(0, 1), Labels.of("output", "hls").and("a", "b"), 3.0);
        families.add(METRICS.subList(0, 1), Labels.of("a", "b").and("output", "hls"), 4.0);
        assertEquals(
                "lancaster_things_total{a=\"b\",output=\"hls\"} 7.0",
                text().lines().skip(2).findFirst().orElseThrow());
    }

    @Test
    void labelsAreEscaped() {
        assertEquals(
                "{path=\"a\\\\b\\\"c\\nd\"}", Labels.of("path", "a\\b\"c\nd").text());
    }

    @Test
    void anInfoIsAOne() throws IOException {
        families.info("lancaster_build_info", "The program", Labels.of("version", "1"));
        assertEquals(
                """
                # HELP lancaster_build_info The program
                # TYPE lancaster_build_info gauge
                lancaster_build_info{version="1"} 1
                """,
                text());
    }

    @Test
    void whatHasNoEndSaysSo() throws IOException {
        families.add(METRICS.subList(0, 1), Labels.NONE, Double.POSITIVE_INFINITY);
        assertEquals(
                "lancaster_things_total +Inf",
                text().lines().skip(2).findFirst().orElseThrow());
    }
}
