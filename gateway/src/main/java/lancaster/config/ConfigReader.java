package lancaster.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a configuration and the overrides of the command line; all that is wrong comes in one exception. */
public final class ConfigReader {
    private static final int MAX_FILE_BYTES = 1 << 20;

    private final Problems problems;
    private Optional<Node> root = Optional.empty();

    private ConfigReader(String document) {
        problems = new Problems(document);
    }

    /** @throws ConfigException with every error */
    public static GatewayConfig read(Path file, List<String> overrides) {
        ConfigReader reader = new ConfigReader(file.toString());
        reader.load(file);
        return reader.finish(overrides);
    }

    /** The configuration of a gateway without a file. */
    public static GatewayConfig withoutFile(List<String> overrides) {
        return new ConfigReader("(no file)").finish(overrides);
    }

    /** A duration as the configuration writes it; empty if {@code text} isn't one. */
    public static Optional<Duration> duration(String text) {
        return Values.duration(text);
    }

    /** The paths of all keys that reading {@code file} asks for. */
    static Set<String> knownPaths(Path file) {
        ConfigReader reader = new ConfigReader(file.toString());
        reader.load(file);
        reader.finish(List.of());
        return reader.problems.knownPaths();
    }

    static LoadSettings settings(String label) {
        return LoadSettings.builder().setLabel(label).build();
    }

    private void load(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                problems.error(Optional.empty(), "", "is larger than " + MAX_FILE_BYTES + " bytes");
                return;
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            root = new Compose(settings(file.toString())).composeString(text);
        } catch (NoSuchFileException e) {
            problems.error(Optional.empty(), "", "doesn't exist");
        } catch (MalformedInputException e) {
            problems.error(Optional.empty(), "", "isn't UTF-8 text");
        } catch (IOException e) {
            problems.error(Optional.empty(), "", "can't be read: " + e);
        } catch (MarkedYamlEngineException e) {
            problems.error(e.getProblemMark(), "", "isn't YAML here: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.error(Optional.empty(), "", "isn't YAML: " + e.getMessage());
        }
    }

    private GatewayConfig finish(List<String> overrides) {
        for (String override : overrides) {
            root = Overrides.apply(root, override, problems);
        }
        GatewayConfig config = GatewayReader.read(new Section(problems, "", root), problems);
        if (!problems.none()) {
            throw new ConfigException(problems.errors());
        }
        return config;
    }
}
