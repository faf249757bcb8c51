package lancaster.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a key of the configuration is: {@code streams}, {@code live/townhall}, {@code hls}, {@code window}.
 *
 * @param components from the top of the document
 */
public record ConfigPath(List<String> components) implements Comparable<ConfigPath> {
    static final ConfigPath ROOT = new ConfigPath(List.of());
    private static final char QUOTE = '"';

    public ConfigPath {
        components = List.copyOf(components);
    }

    public static ConfigPath of(String... components) {
        return new ConfigPath(List.of(components));
    }

    /** Reads {@code streams.live/townhall.hls.window}; a component that has a dot in it stands in double quotes. */
    public static ConfigPath parse(String text) {
        List<String> components = new ArrayList<>();
        StringBuilder component = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == QUOTE) {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                components.add(component.toString());
                component.setLength(0);
            } else {
                component.append(c);
            }
        }
        components.add(component.toString());
        return new ConfigPath(components);
    }

    public ConfigPath child(String key) {
        List<String> longer = new ArrayList<>(components);
        longer.add(key);
        return new ConfigPath(longer);
    }

    /** The first components. */
    public ConfigPath head(int count) {
        return new ConfigPath(components.subList(0, count));
    }

    /** What follows the first components. */
    public ConfigPath tail(int from) {
        return new ConfigPath(components.subList(from, components.size()));
    }

    public int length() {
        return components.size();
    }

    public boolean isEmpty() {
        return components.isEmpty();
    }

    public boolean startsWith(ConfigPath other) {
        return length() >= other.length() && head(other.length()).equals(other);
    }

    @Override
    public int compareTo(ConfigPath that) {
        for (int i = 0; i < Math.min(length(), that.length()); i++) {
            int order = components.get(i).compareTo(that.components.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(length(), that.length());
    }

    /** For people. */
    @Override
    public String toString() {
        return String.join(".", components);
    }
}
