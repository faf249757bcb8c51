package lancaster.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What reading a configuration finds: errors, and which keys it knows. */
final class Problems {
    private final String document;
    private final List<ConfigError> errors = new ArrayList<>();
    private final List<ConfigError> warnings = new ArrayList<>();
    private final Set<String> knownPaths = new TreeSet<>();
    private final SortedMap<ConfigPath, List<Object>> values = new TreeMap<>();
    private final Map<ConfigPath, List<Hidden>> hidden = new TreeMap<>();

    /** A scalar of the document that is secret, and what is shown in its place. */
    private record Hidden(ScalarNode node, String shown) {}

    Problems(String document) {
        this.document = document;
    }

    /** What is read, for people. */
    String document() {
        return document;
    }

    void error(Optional<Mark> mark, String path, String message) {
        error(mark, path, message, Optional.empty());
    }

    void error(Optional<Mark> mark, String path, String message, Optional<String> nearest) {
        add(at(mark, path, message, nearest));
    }

    /** What works and yet should be known. */
    void warning(Optional<Mark> mark, String path, String message) {
        warnings.add(at(mark, path, message, Optional.empty()));
    }

    private ConfigError at(Optional<Mark> mark, String path, String message, Optional<String> nearest) {
        String source = mark.map(Mark::getName).orElse(document);
        int line = mark.map(Mark::getLine).orElse(-1) + 1;
        return new ConfigError(source, source.startsWith(Overrides.SOURCE) ? 0 : line, path, message, nearest);
    }

    void add(ConfigError error) {
        errors.add(error);
    }

    void error(Node at, String path, String message) {
        error(at.getStartMark(), path, message);
    }

    void known(String path) {
        knownPaths.add(path);
    }

    /** What counts for a key; below a list there is one an item. */
    void value(ConfigPath path, Object value) {
        values.computeIfAbsent(path, none -> new ArrayList<>()).add(value);
    }

    SortedMap<ConfigPath, List<Object>> values() {
        return values;
    }

    /** Says that {@code node} is secret. */
    void secret(ConfigPath path, ScalarNode node, String shown) {
        boolean ofTheFile = node.getStartMark().map(Mark::getName).equals(Optional.of(document));
        if (ofTheFile) {
            hidden.computeIfAbsent(path, none -> new ArrayList<>()).add(new Hidden(node, shown));
        }
    }

    /** What is secret in {@code text}, which is what was read. */
    List<Secret> secrets(String text) {
        List<Secret> secrets = new ArrayList<>();
        hidden.forEach((path, its) -> its.forEach(one -> secrets.add(new Secret(
                path,
                SecretMask.offset(text, one.node().getStartMark()),
                SecretMask.offset(text, one.node().getEndMark()),
                one.node().getValue(),
                one.shown()))));
        return secrets;
    }

    /** Paths of all keys that were asked for. */
    Set<String> knownPaths() {
        return knownPaths;
    }

    boolean none() {
        return errors.isEmpty();
    }

    /** In the order of the file. */
    List<ConfigError> errors() {
        return sorted(errors);
    }

    List<ConfigError> warnings() {
        return sorted(warnings);
    }

    private static List<ConfigError> sorted(List<ConfigError> found) {
        return found.stream()
                .sorted(Comparator.comparing(ConfigError::source).thenComparingInt(ConfigError::line))
                .toList();
    }

    /** Where {@code path} leads that a configuration names: relative to the folder of its file. */
    Path resolve(String path) {
        Path folder = Path.of(document).toAbsolutePath().getParent();
        return folder == null ? Path.of(path) : folder.resolve(path);
    }
}
