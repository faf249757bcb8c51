package lancaster.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import lancaster.multicast.AddressFinding;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of the configuration while it is read. Whoever reads it asks for each key it knows; {@link #finish} then
 * reports the others. A value that is wrong is reported and replaced by its default, so that reading goes on.
 */
final class Section {
    /** What an item of a list is the value of that has no keys. */
    static final String URL = "url";

    private record Entry(Optional<Mark> mark, Node value) {}

    private final Problems problems;
    private final ConfigPath path;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();
    private final Set<String> unread;

    /** {@code node} absent: a section that isn't there, so everything is a default. */
    Section(Problems problems, ConfigPath path, Optional<Node> node) {
        this.problems = problems;
        this.path = path;
        node.filter(value -> !isNull(value)).ifPresent(this::fill);
        unread = new TreeSet<>(entries.keySet());
    }

    private void fill(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            problems.error(node, path.toString(), "needs keys below it, such as { key: value }");
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.error(tuple.getKeyNode(), path.toString(), "has a key that is no plain word");
            } else if (entries.putIfAbsent(key.getValue(), new Entry(key.getStartMark(), tuple.getValueNode()))
                    != null) {
                problems.error(key, pathOf(key.getValue()), "is there twice");
            }
        }
    }

    /** The keys that are there, for sections whose keys are names. */
    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    String pathOf(String key) {
        return path.child(key).toString();
    }

    /** A mapping below this one. */
    Section section(String key) {
        return new Section(problems, path.child(key), ask(key));
    }

    /** The items of a list, or the one that stands without brackets; a plain word is the value of {@code scalarKey}. */
    List<Section> items(String key, String scalarKey) {
        Optional<Node> node = ask(key);
        List<Node> items = node.isPresent() && node.get() instanceof SequenceNode sequence
                ? sequence.getValue()
                : node.map(List::of).orElse(List.of());
        List<Section> sections = new ArrayList<>();
        for (Node item : items) {
            Node mapping = item instanceof ScalarNode scalar ? mapping(scalarKey, scalar) : item;
            sections.add(new Section(problems, path.child(key), Optional.of(mapping)));
        }
        return sections;
    }

    private static Node mapping(String key, ScalarNode value) {
        Node name = new ScalarNode(Tag.STR, true, key, ScalarStyle.PLAIN, value.getStartMark(), Optional.empty());
        return new MappingNode(
                Tag.MAP,
                true,
                List.of(new NodeTuple(name, value)),
                FlowStyle.FLOW,
                value.getStartMark(),
                Optional.empty());
    }

    /** Whether {@code key} has this word in the place of a mapping. */
    boolean isWord(String key, String word) {
        Entry entry = entries.get(key);
        boolean is = entry != null
                && entry.value() instanceof ScalarNode scalar
                && scalar.getValue().equals(word);
        problems.value(path.child(key), is ? word : "");
        return is;
    }

    /** A mapping below this one, read as if it weren't there. */
    Section absent(String key) {
        var unused = ask(key);
        return new Section(problems, path.child(key), Optional.empty());
    }

    Duration duration(String key, Duration fallback, Duration least, Duration most) {
        return value(key, fallback, Values.DURATION, Values::duration, value -> {
            boolean fits = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
            return fits ? "" : "must be " + Values.text(least) + " to " + Values.text(most);
        });
    }

    int count(String key, int fallback, int least, int most) {
        return value(key, fallback, "a whole number", Values::integer, value -> {
            boolean fits = value >= least && value <= most;
            return fits ? "" : "must be " + least + " to " + most;
        });
    }

    long size(String key, long fallback, long leastBytes) {
        return value(
                key,
                fallback,
                Values.SIZE,
                Values::size,
                value -> value >= leastBytes ? "" : "must be at least " + leastBytes + " bytes");
    }

    InetSocketAddress address(String key, InetSocketAddress fallback) {
        return value(key, fallback, Values.ADDRESS, Values::address, value -> "");
    }

    /** One of the lower-case names of {@code choices}. */
    <T> T choice(String key, T fallback, Map<String, T> choices) {
        String wanted = "one of " + String.join(", ", new TreeSet<>(choices.keySet()));
        return value(key, fallback, wanted, text -> Optional.ofNullable(choices.get(text)), value -> "");
    }

    /** A list of such names, each at most once and at least one; a single name may stand without brackets. */
    <T> List<T> choices(String key, List<T> fallback, Map<String, T> choices) {
        List<T> values = chosen(key, fallback, choices);
        problems.value(path.child(key), values);
        return values;
    }

    private <T> List<T> chosen(String key, List<T> fallback, Map<String, T> choices) {
        Optional<Node> node = ask(key);
        if (node.isEmpty()) {
            return fallback;
        }
        List<Node> items = node.get() instanceof SequenceNode sequence ? sequence.getValue() : List.of(node.get());
        List<T> values = new ArrayList<>();
        for (Node item : items) {
            T value = item instanceof ScalarNode scalar ? choices.get(scalar.getValue()) : null;
            if (value == null || values.contains(value)) {
                problems.error(
                        item,
                        pathOf(key),
                        value == null
                                ? "needs a list of " + String.join(", ", new TreeSet<>(choices.keySet()))
                                : "names " + ((ScalarNode) item).getValue() + " twice");
                return fallback;
            }
            values.add(value);
        }
        if (values.isEmpty()) {
            problems.error(node.get(), pathOf(key), "lists nothing");
            return fallback;
        }
        return values;
    }

    /**
     * Any value that is written as one word.
     *
     * @param wanted what it is, for the error: {@code "a duration such as 4s"}
     * @param check what is wrong with a value that could be read, or an empty text
     */
    <T> T value(String key, T fallback, String wanted, Function<String, Optional<T>> read, Function<T, String> check) {
        T value = word(key, fallback, wanted, read, check);
        problems.value(path.child(key), value);
        return value;
    }

    private <T> T word(
            String key, T fallback, String wanted, Function<String, Optional<T>> read, Function<T, String> check) {
        Optional<Node> node = ask(key);
        if (node.isEmpty()) {
            return fallback;
        }
        if (!(node.get() instanceof ScalarNode scalar) || isNull(scalar)) {
            problems.error(node.get(), pathOf(key), "needs " + wanted);
            return fallback;
        }
        Optional<T> value = read.apply(scalar.getValue());
        if (value.isEmpty()) {
            problems.error(scalar, pathOf(key), "needs " + wanted + ", not \"" + scalar.getValue() + '"');
            return fallback;
        }
        String wrong = check.apply(value.get());
        if (!wrong.isEmpty()) {
            problems.error(scalar, pathOf(key), wrong);
            return fallback;
        }
        return value.get();
    }

    /** Says that the value of {@code key} is secret; {@code shown} stands where people may read it. */
    void secret(String key, String shown) {
        Entry entry = entries.get(key);
        if (entry != null && entry.value() instanceof ScalarNode scalar) {
            problems.secret(path.child(key), scalar, shown);
        }
    }

    /** Keys that a later version knows. */
    void unsupported(String... keys) {
        for (String key : keys) {
            known.add(key);
            if (unread.remove(key)) {
                wrong(key, "is not supported by this version");
            }
        }
    }

    /** Reports {@code message} where {@code key} stands, or where this section would. */
    void wrong(String key, String message) {
        Entry entry = entries.get(key);
        problems.error(entry == null ? Optional.empty() : entry.mark(), pathOf(key), message);
    }

    /** Says {@code message}, which works and yet should be known, where {@code key} stands. */
    void doubtful(String key, String message) {
        Entry entry = entries.get(key);
        problems.warning(entry == null ? Optional.empty() : entry.mark(), pathOf(key), message);
    }

    /** Reports what is wrong with an address: an error, or a warning. */
    void found(String key, AddressFinding finding) {
        if (finding.refused()) {
            wrong(key, finding.message());
        } else {
            Entry entry = entries.get(key);
            problems.warning(entry == null ? Optional.empty() : entry.mark(), pathOf(key), finding.message());
        }
    }

    /** Reports the keys that nobody asked for. */
    void finish() {
        for (String key : unread) {
            Entry entry = entries.get(key);
            if (entry != null) {
                problems.error(entry.mark(), pathOf(key), "is no known key", NearestKey.of(key, known));
            }
        }
    }

    private Optional<Node> ask(String key) {
        problems.known(pathOf(key));
        known.add(key);
        unread.remove(key);
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }
}
