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

    public boolean matches(StreamPath path) {
        String[] actual = path.toString().split("/", -1);
        if (actual.length != components.size()) {
            return false;
        }
        for (int i = 0; i < actual.length; i++) {
            if (!components.get(i).equals(ANY) && !components.get(i).equals(actual[i])) {
                return false;
            }
        }
        return true;
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
