package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** axe, a checker of accessibility that others wrote, in a page: all its rules of WCAG 2.2 at level AA, and good practice. */
final class Axe {
    /** A page of ours has more to check than this; fewer would mean that it wasn't there yet. */
    private static final int FEWEST_RULES = 10;

    private static final String RUN =
            """
            axe.run(document, { resultTypes: ['violations'], runOnly: {
              type: 'tag',
              values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            } }).then(({ violations, passes }) => ({ passes: passes.length, violations: violations.flatMap(
              (rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}\\n${node.failureSummary}`)) }))""";

    private Axe() {}

    static void assertNoViolations(Tab tab) {
        assertEquals("", String.join("\n\n", violations(tab)));
    }

    /** What it has to say of the page as it is now. */
    static List<String> violations(Tab tab) {
        if (!tab.evaluate("typeof axe === 'object'").asBoolean()) {
            tab.evaluate(source());
        }
        // What fades in is judged when it is there.
        tab.evaluate("Promise.all(document.getAnimations().filter((animation) => animation.effect.getComputedTiming()"
                + ".endTime !== Infinity).map((animation) => animation.finished.catch(() => true))).then(() => true)");
        JsonNode result = tab.evaluate(RUN);
        List<String> violations = new ArrayList<>();
        result.get("violations").forEach(violation -> violations.add(violation.asText()));
        int passes = result.get("passes").asInt();
        assertTrue(passes >= FEWEST_RULES, () -> "only " + passes + " rules found something to check");
        return violations;
    }

    private static String source() {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
