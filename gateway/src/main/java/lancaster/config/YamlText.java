package lancaster.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values as one writes them in YAML: on one line, plain where that can't be misread, else in double quotes. */
final class YamlText {
    /** Means the same inside brackets and outside (YAML 1.2.2 §7.3.3). */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/.][A-Za-z0-9_/.@+=~-]*(:[A-Za-z0-9_/.@+=~-]+)*");

    private static final Set<String> NULLS = Set.of("null", "Null", "NULL", "~", "");

    private YamlText() {}

    static String of(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return map.isEmpty()
                    ? "{}"
                    : map.entrySet().stream()
                            .map(entry -> word(String.valueOf(entry.getKey())) + ": " + of(entry.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (tree instanceof List<?> list) {
            return list.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return tree.equals(DocumentTree.NULL) ? "null" : word(tree.toString());
    }

    static String word(String text) {
        return PLAIN.matcher(text).matches() && !NULLS.contains(text) && !text.startsWith("...") ? text : quoted(text);
    }

    /** §7.3.1 */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c < ' ' || (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                quoted.append(String.format("\\u%04X", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
