package lancaster.app;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Takes known secrets out of any text, wherever they stand. */
public final class Scrubber {
    static final String HIDDEN = "(hidden)";
    /** What is shorter stands in too many places by accident, and protects nothing. */
    private static final int MIN_CHARS = 4;

    private final List<String> longestFirst;

    public Scrubber(Collection<String> secrets) {
        longestFirst = secrets.stream()
                .map(String::strip)
                .filter(secret -> secret.length() >= MIN_CHARS)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    public String scrub(String text) {
        String clean = text;
        for (String secret : longestFirst) {
            clean = clean.replace(secret, HIDDEN);
        }
        return clean;
    }
}
