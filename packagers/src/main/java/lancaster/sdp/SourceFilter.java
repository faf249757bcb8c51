package lancaster.sdp;

import java.util.List;
import java.util.Optional;

/**
 * Who may send to a group (RFC 4570): the value of {@code a=source-filter}.
 *
 * @param include whether these alone are wanted; else all but these
 * @param addressType {@code IP4}, {@code IP6} or {@code *}
 * @param destination the group, or {@code *} for all
 */
record SourceFilter(boolean include, String addressType, String destination, List<String> sources) {
    static final String ATTRIBUTE = "source-filter";

    private static final int MIN_WORDS = 5;
    private static final int MAX_SOURCES = 64;
    private static final String ANY = "*";

    SourceFilter {
        sources = List.copyOf(sources);
    }

    static Optional<SourceFilter> parse(String value) {
        String[] words = value.strip().split("[ \t]+");
        boolean include = words[0].equals("incl");
        if (words.length < MIN_WORDS
                || words.length > MIN_WORDS + MAX_SOURCES
                || !(include || words[0].equals("excl"))) {
            return Optional.empty();
        }
        return Optional.of(
                new SourceFilter(include, words[2], words[3], List.of(words).subList(4, words.length)));
    }

    boolean isFor(String group) {
        return destination.equals(ANY) || destination.equalsIgnoreCase(group);
    }

    /** With the blank before the mode that the RFC's grammar has. */
    String text() {
        return " " + (include ? "incl" : "excl") + " IN " + addressType + " " + destination + " "
                + String.join(" ", sources);
    }
}
