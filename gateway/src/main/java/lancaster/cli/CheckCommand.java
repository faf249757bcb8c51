package lancaster.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lancaster.config.ConfigReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check -c FILE}. */
@Command(name = "check", description = "Find every error of a configuration at once.")
final class CheckCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

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
        PrintWriter out = spec.commandLine().getOut();
        ConfigReader.read(config, overrides).warnings().forEach(warning -> out.println("warning: " + warning));
        out.flush();
        return ExitCode.OK;
    }
}
