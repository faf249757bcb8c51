package lancaster.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The template of a route. A stream's path may have its slashes as they are or as {@code %2F}; the latter never end it,
 * so that a stream whose last component is also a word of the API can be named.
 */
final class PathTemplate {
    private static final String MANY = "...";
    private static final int LEAST_OF_MANY = 2;

    private final List<String> segments;

    PathTemplate(String template) {
        segments = List.of(template.split("/", -1));
        if (segments.stream().filter(PathTemplate::isMany).count() > 1) {
            throw new IllegalArgumentException(template + " names two streams");
        }
    }

    /** The variables if {@code path} is one of these. */
    Optional<Map<String, String>> match(String path) {
        List<String> parts = List.of(path.split("/", -1));
        int spare = parts.size() - segments.size();
        Map<String, String> variables = new LinkedHashMap<>();
        int at = 0;
        for (String segment : segments) {
            int count = isMany(segment) ? 1 + spare : 1;
            if (count < 1 || at + count > parts.size()) {
                return Optional.empty();
            }
            List<String> taken = parts.subList(at, at + count);
            at += count;
            if (!segment.startsWith("{")) {
                if (!segment.equals(taken.get(0))) {
                    return Optional.empty();
                }
                continue;
            }
            List<String> components = components(taken);
            if (isMany(segment) ? components.size() < LEAST_OF_MANY : components.isEmpty()) {
                return Optional.empty();
            }
            variables.put(name(segment), String.join("/", components));
        }
        return at == parts.size() ? Optional.of(variables) : Optional.empty();
    }

    /** The more words, the less it fits by chance. */
    int words() {
        return (int)
                segments.stream().filter(segment -> !segment.startsWith("{")).count();
    }

    private static List<String> components(List<String> parts) {
        List<String> components = new ArrayList<>();
        for (String part : parts) {
            for (String component : slashes(part).split("/", -1)) {
                if (!component.isEmpty()) {
                    components.add(component);
                }
            }
        }
        return components;
    }

    private static String slashes(String part) {
        return part.toUpperCase(Locale.ROOT).contains("%2F")
                ? part.replace("%2F", "/").replace("%2f", "/")
                : part;
    }

    private static boolean isMany(String segment) {
        return segment.startsWith("{") && segment.endsWith(MANY + "}");
    }

    private static String name(String segment) {
        return segment.substring(1, segment.length() - 1).replace(MANY, "");
    }
}
