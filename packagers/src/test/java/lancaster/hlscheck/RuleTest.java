package lancaster.hlscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checker can fail: each rule has something that breaks it and no other. */
class RuleTest {
    private static final Map<Rule, Supplier<Findings>> TEXT = TextBreakages.all();
    private static final Map<Rule, Supplier<Findings>> MEDIA = MediaBreakages.all();

    @ParameterizedTest
    @EnumSource(Rule.class)
    void isBrokenAlone(Rule rule) {
        List<Supplier<Findings>> breakages = new ArrayList<>();
        List.of(TEXT, MEDIA).forEach(map -> {
            if (map.containsKey(rule)) {
                breakages.add(map.get(rule));
            }
        });
        assertFalse(breakages.isEmpty(), () -> "nothing breaks " + rule);
        for (Supplier<Findings> breakage : breakages) {
            Findings findings = breakage.get();
            assertEquals(Set.of(rule), findings.rules(), findings::toString);
        }
    }

    @Test
    void rowsAreNotUsedTwice() {
        assertEquals(
                Rule.values().length,
                EnumSet.allOf(Rule.class).stream()
                        .mapToInt(Rule::row)
                        .distinct()
                        .count());
    }

    @Test
    void acceptsWhatIsRight() {
        TextBreakages.media(TextBreakages.TS).assertNone();
        TextBreakages.media(TextBreakages.FMP4).assertNone();
        HlsWatch.checkMultivariantPlaylist(TextBreakages.bytes(TextBreakages.VARIANTS))
                .assertNone();
        MediaBreakages.unbroken().assertNone();
    }
}
