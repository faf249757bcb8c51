package lancaster.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a gateway's configuration comes from, to be read again while it runs.
 *
 * @param file empty: there is none, and all is as by default
 * @param overrides of the command line, which count over the file as long as the gateway runs
 */
public record ConfigSource(Optional<Path> file, List<String> overrides) {
    public ConfigSource {
        overrides = List.copyOf(overrides);
    }

    /** @throws ConfigException with every error */
    public LoadedConfig load() {
        return ConfigReader.load(this);
    }

    /**
     * What the gateway would make of {@code text} if it stood in the file.
     *
     * @throws ConfigException with every error
     */
    public LoadedConfig load(String text) {
        return ConfigReader.load(this, text);
    }

    /** For people. */
    @Override
    public String toString() {
        return file.map(Path::toString).orElse(ConfigReader.NO_FILE);
    }
}
