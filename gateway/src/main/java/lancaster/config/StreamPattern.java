package lancaster.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lancaster.bytes.ProtocolException;
import lancaster.stream.StreamPath;

/**
 * Which streams an entry of {@code streams} is for: an exact path, or one with {@code *} for any one component.
 *
 * @param components of the path
 */
public record StreamPattern(List<String> components) implements Comparable<StreamPattern> {
    private static final String ANY = "*";

    public StreamPattern {
        components = List.copyOf(components);
    }

    /** @throws ProtocolException if no stream can have such a path */
    static StreamPattern parse(String text) {
        // A wildcard must stand where a component could.
        StreamPath path = StreamPath.parse(text.replace(ANY, "x"));
        List<String> components = Arrays.asList((text.contains(ANY) ? text : path.toString()).split("/", -1));
        for (String component : components) {
            if (component.contains(ANY) && !component.equals(ANY)) {
                throw ProtocolException.malformed(
                        ProtocolException.Scope.STREAM, "stream path", "* stands for a whole component");
            }
        }
        return new StreamPattern(components);
    }

    /** Asked for every request of every viewer: it takes nothing apart. */
    public boolean matches(StreamPath path) {
        int last = components.size() - 1;
        String application = path.application();
        int from = 0;
        for (int i = 0; i < last; i++) {
            int slash = application.indexOf('/', from);
            int end = slash < 0 ? application.length() : slash;
            if (from > end || !isAt(components.get(i), application, from, end)) {
                return false;
            }
            from = end + 1;
        }
        return from == application.length() + 1
                && isAt(components.get(last), path.name(), 0, path.name().length());
    }

    private static boolean isAt(String component, String text, int from, int end) {
        return component.equals(ANY) || (component.length() == end - from && text.startsWith(component, from));
    }

    /** What stands in {@code path} in the places of the wildcards. */
    List<String> names(StreamPath path) {
        String[] actual = path.toString().split("/", -1);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < actual.length; i++) {
            if (components.get(i).equals(ANY)) {
                names.add(actual[i]);
            }
        }
        return names;
    }

    /** Whether it is for one stream only. */
    public boolean isExact() {
        return !components.contains(ANY);
    }

    /** The more specific one first: fewer wildcards, then the later wildcard. */
    @Override
    public int compareTo(StreamPattern that) {
        int byWildcards = Long.compare(wildcards(), that.wildcards());
        if (byWildcards != 0) {
            return byWildcards;
        }
        int byPlace = Integer.compare(that.components.indexOf(ANY), components.indexOf(ANY));
        return byPlace != 0 ? byPlace : toString().compareTo(that.toString());
    }

    /** How many components may be any. */
    long wildcards() {
        return components.stream().filter(ANY::equals).count();
    }

    @Override
    public String toString() {
        return String.join("/", components);
    }
}
