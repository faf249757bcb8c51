package lancaster.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Values from the command line, {@code PATH=VALUE}, put into the tree of nodes before it is read, so that they are
 * checked like those of the file. A component of the path that has a dot in it stands in double quotes.
 */
final class Overrides {
    /** Stands where errors name the file. */
    static final String SOURCE = "--set ";

    private Overrides() {}

    /** {@code root} with {@code override} in it; {@code root} itself where the override is no override. */
    static Optional<Node> apply(Optional<Node> root, String override, Problems problems) {
        int equals = endOfPath(override);
        List<String> path = ConfigPath.parse(override.substring(0, equals)).components();
        if (equals == override.length() || path.contains("")) {
            problems.add(new ConfigError(SOURCE + override, 0, "", "isn't PATH=VALUE", Optional.empty()));
            return root;
        }
        String source = SOURCE + override.substring(0, equals);
        LoadSettings settings = ConfigReader.settings(source);
        try {
            Node value = new Compose(settings)
                    .composeString(override.substring(equals + 1))
                    .orElseGet(() -> new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN));
            return Optional.of(put(root, path, value));
        } catch (MarkedYamlEngineException e) {
            problems.error(e.getProblemMark(), "", "isn't YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(new ConfigError(source, 0, "", "isn't YAML", Optional.empty()));
        }
        return root;
    }

    /** The paths that these name. */
    static List<String> paths(List<String> overrides) {
        return overrides.stream()
                .map(override -> ConfigPath.parse(override.substring(0, endOfPath(override)))
                        .toString())
                .toList();
    }

    private static int endOfPath(String override) {
        boolean quoted = false;
        for (int i = 0; i < override.length(); i++) {
            quoted ^= override.charAt(i) == '"';
            if (override.charAt(i) == '=' && !quoted) {
                return i;
            }
        }
        return override.length();
    }

    private static Node put(Optional<Node> at, List<String> path, Node value) {
        if (path.isEmpty()) {
            return value;
        }
        List<NodeTuple> tuples = new ArrayList<>();
        Optional<Node> old = Optional.empty();
        if (at.isPresent() && at.get() instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(path.get(0))) {
                    old = Optional.of(tuple.getValueNode());
                } else {
                    tuples.add(tuple);
                }
            }
        }
        Node key =
                new ScalarNode(Tag.STR, true, path.get(0), ScalarStyle.PLAIN, value.getStartMark(), Optional.empty());
        tuples.add(new NodeTuple(key, put(old, path.subList(1, path.size()), value)));
        return new MappingNode(
                Tag.MAP, true, tuples, FlowStyle.BLOCK, at.flatMap(Node::getStartMark), Optional.empty());
    }
}
