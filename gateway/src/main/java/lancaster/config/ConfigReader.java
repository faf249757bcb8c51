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
    static final String NO_FILE = "(no file)";
    /** Of the text of a configuration. */
    public static final int MAX_BYTES = 1 << 20;

    private final Problems problems;
    private String text = "";
    private Optional<Node> root = Optional.empty();

    private ConfigReader(String document) {
        problems = new Problems(document);
    }

    /** @throws ConfigException with every error */
    public static GatewayConfig read(Path file, List<String> overrides) {
        return load(new ConfigSource(Optional.of(file), overrides)).config();
    }

    /** The configuration of a gateway without a file. */
    public static GatewayConfig withoutFile(List<String> overrides) {
        return load(new ConfigSource(Optional.empty(), overrides)).config();
    }

    static LoadedConfig load(ConfigSource source) {
        ConfigReader reader = new ConfigReader(source.toString());
        source.file().ifPresent(reader::load);
        return reader.finish(source);
    }

    static LoadedConfig load(ConfigSource source, String text) {
        ConfigReader reader = new ConfigReader(source.toString());
        reader.compose(text);
        return reader.finish(source);
    }

    /** What is secret in a text, whatever else is wrong with it; empty where it can't be known. */
    static Optional<List<Secret>> secrets(ConfigSource source, String text) {
        ConfigReader reader = new ConfigReader(source.toString());
        reader.compose(text);
        if (!reader.problems.none()) {
            return Optional.empty();
        }
        var unused = GatewayReader.read(new Section(reader.problems, ConfigPath.ROOT, reader.root), reader.problems);
        return Optional.of(reader.problems.secrets(text));
    }

    /** A duration as the configuration writes it; empty if {@code text} isn't one. */
    public static Optional<Duration> duration(String text) {
        return Values.duration(text);
    }

    /** The paths of all keys that reading {@code file} asks for. */
    static Set<String> knownPaths(Path file) {
        ConfigReader reader = new ConfigReader(file.toString());
        reader.load(file);
        var unused = reader.finish(new ConfigSource(Optional.of(file), List.of()));
        return reader.problems.knownPaths();
    }

    static LoadSettings settings(String label) {
        return LoadSettings.builder().setLabel(label).build();
    }

    private void load(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.error(Optional.empty(), "", "is larger than " + MAX_BYTES + " bytes");
                return;
            }
            compose(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            problems.error(Optional.empty(), "", "doesn't exist");
        } catch (MalformedInputException e) {
            problems.error(Optional.empty(), "", "isn't UTF-8 text");
        } catch (IOException e) {
            problems.error(Optional.empty(), "", "can't be read: " + e);
        }
    }

    private void compose(String document) {
        text = document;
        try {
            root = new Compose(settings(problems.document())).composeString(document);
        } catch (MarkedYamlEngineException e) {
            problems.error(e.getProblemMark(), "", "isn't YAML here: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.error(Optional.empty(), "", "isn't YAML: " + e.getMessage());
        }
    }

    private LoadedConfig finish(ConfigSource source) {
        for (String override : source.overrides()) {
            root = Overrides.apply(root, override, problems);
        }
        GatewayConfig config = GatewayReader.read(new Section(problems, ConfigPath.ROOT, root), problems);
        if (!problems.none()) {
            throw new ConfigException(problems.errors());
        }
        return new LoadedConfig(source, config, problems.values(), text, problems.secrets(text));
    }
}
