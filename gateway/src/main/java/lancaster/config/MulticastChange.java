package lancaster.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lancaster.multicast.AddressClaims;
import lancaster.multicast.AddressPlan;
import lancaster.output.MulticastOutputSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Changes of a running multicast output: the keys of its section in the configuration, as a JSON object. */
public final class MulticastChange {
    private static final String SOURCE = "request";

    private MulticastChange() {}

    /**
     * {@code current} with what {@code json} says.
     *
     * @param json may be empty
     * @param claims what other streams send to
     * @throws IllegalArgumentException with every error, one a line
     */
    public static MulticastOutputSettings apply(
            String json, MulticastOutputSettings current, String path, AddressPlan plan, AddressClaims claims) {
        Problems problems = new Problems(SOURCE);
        Optional<Node> root = Optional.empty();
        try {
            root = new Compose(ConfigReader.settings(SOURCE)).composeString(json);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("isn't a JSON object", e);
        }
        MulticastOutputSettings changed =
                new MulticastReader(plan, claims).read(new Section(problems, "", root), current, path);
        List<ConfigError> errors = problems.errors();
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(
                    errors.stream().map(MulticastChange::text).collect(Collectors.joining("\n")));
        }
        return changed;
    }

    /** Without source and line, which the caller knows. */
    private static String text(ConfigError error) {
        return new ConfigError("", 0, error.path(), error.message(), error.nearest())
                .toString()
                .substring(2);
    }
}
