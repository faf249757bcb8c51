package lancaster.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
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
    private static final String NO_OBJECT = "isn't a JSON object";
    private static final int MAX_DEPTH = 8;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

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
        checkIsObject(json);
        Problems problems = new Problems(SOURCE);
        Optional<Node> root = Optional.empty();
        try {
            root = new Compose(ConfigReader.settings(SOURCE)).composeString(json);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(NO_OBJECT, e);
        }
        MulticastOutputSettings changed =
                new MulticastReader(plan, claims).read(new Section(problems, ConfigPath.ROOT, root), current, path);
        List<ConfigError> errors = problems.errors();
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(
                    errors.stream().map(MulticastChange::text).collect(Collectors.joining("\n")));
        }
        return changed;
    }

    /** The reader of YAML would take more than JSON, and takes any depth. */
    private static void checkIsObject(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            JsonToken first = parser.nextToken();
            while (parser.nextToken() != null) {
                // Read to its end.
            }
            if (first != null && first != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException(NO_OBJECT);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(NO_OBJECT, e);
        }
    }

    /** Without source and line, which the caller knows. */
    private static String text(ConfigError error) {
        return new ConfigError("", 0, error.path(), error.message(), error.nearest())
                .toString()
                .substring(2);
    }
}
