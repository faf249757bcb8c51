package lancaster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The sample configurations are right, and the one that documents every key does so. */
class SamplesTest {
    private static final Path SAMPLES = Path.of("../systemd/samples");
    private static final Path EVERYTHING = SAMPLES.resolve("everything.yaml");
    /** An entry like the one before; its keys are documented there. */
    private static final String SECOND_ENTRY = "streams.*/*/*.";

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sampleHasNoError(Path sample) {
        GatewayConfig config = ConfigReader.read(sample, List.of());
        assertEquals(config, ConfigReader.read(sample, List.of()));
    }

    @Test
    void everythingEqualsTheDefaults() {
        assertEquals(GatewayConfig.DEFAULTS, ConfigReader.read(EVERYTHING, List.of()));
    }

    @Test
    void everythingLacksNoKey() throws IOException {
        Set<String> known = new TreeSet<>(ConfigReader.knownPaths(EVERYTHING));
        known.removeIf(path -> path.startsWith(SECOND_ENTRY));
        Set<String> written = new TreeSet<>();
        Node root = new Compose(ConfigReader.settings("everything"))
                .composeString(Files.readString(EVERYTHING))
                .orElseThrow();
        collect("", root, written);
        assertEquals(known, written);
    }

    @Test
    void everyKeyHasAComment() throws IOException {
        List<String> lines = Files.readAllLines(EVERYTHING);
        for (int i = 1; i < lines.size(); i++) {
            boolean value =
                    lines.get(i).matches(" +[a-z-]+: [^{].*") && !lines.get(i).contains("listen:");
            boolean explained = lines.get(i - 1).strip().startsWith("#");
            assertEquals(value, value && explained, lines.get(i));
        }
    }

    private static void collect(String path, Node node, Set<String> written) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String name = ((ScalarNode) tuple.getKeyNode()).getValue();
                String below = path.isEmpty() ? name : path + '.' + name;
                written.add(below);
                collect(below, tuple.getValueNode(), written);
            }
        }
    }
}
