package lancaster.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lancaster.config.ConfigReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check -c FILE}. */
@Command(name = "check", description = "Find every error of a configuration at once.")
final class CheckCommand implements Callable<Integer> {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "The configuration to check.")
    Path config = Path.of("");

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Override a value of the file, as run does.")
    List<String> overrides = List.of();

    @Override
    public Integer call() {
        ConfigReader.read(config, overrides);
        return ExitCode.OK;
    }
}
