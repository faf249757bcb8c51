package lancaster.http;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Labels of values, in the order of their names, and as Prometheus' text format has them. */
final class Labels {
    static final Labels NONE = new Labels(new TreeMap<>());

    private final SortedMap<String, String> values;
    private final String text;

    private Labels(SortedMap<String, String> values) {
        this.values = values;
        this.text = values.isEmpty() ? "" : text(values);
    }

    static Labels of(String name, String value) {
        return NONE.and(name, value);
    }

    /** These and one more. */
    Labels and(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new Labels(more);
    }

    /** With its braces; nothing where there are none. */
    String text() {
        return text;
    }

    private static String text(SortedMap<String, String> values) {
        StringBuilder made = new StringBuilder();
        for (Map.Entry<String, String> label : values.entrySet()) {
            made.append(made.isEmpty() ? '{' : ',').append(label.getKey()).append("=\"");
            made.append(escape(label.getValue())).append('"');
        }
        return made.append('}').toString();
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
