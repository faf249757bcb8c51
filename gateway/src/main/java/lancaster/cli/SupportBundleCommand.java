package lancaster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import lancaster.app.Scrubber;
import lancaster.app.SupportBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code support-bundle}: gathers what a supporter needs, without secrets. */
@Command(
        name = "support-bundle",
        description =
                "Gather what a supporter needs in a ZIP file: the configuration without its secrets, the log, what"
                        + " the running gateway counts and is at, what the doctor finds. As root it gathers more.")
final class SupportBundleCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    StateOption state = new StateOption();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration of the gateway. Default: $LANCASTER_CONFIG.")
    Optional<Path> config = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it. Default: lancaster-support-TIME.zip in this folder.")
    Optional<Path> output = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "How much of the journal. Default: ${DEFAULT-VALUE}.")
    Duration since = Duration.ofHours(24);

    @Option(
            names = "--listen",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long the doctor listens. Default: ${DEFAULT-VALUE}.")
    Duration listen = Duration.ofSeconds(10);

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Optional<Path> file = config.or(
                () -> Optional.ofNullable(System.getenv("LANCASTER_CONFIG")).map(Path::of));
        String name = "lancaster-support-" + STAMP.format(InstantSource.system().instant());
        Path target = output.orElseGet(() -> Path.of(name + ".zip"));
        SupportFacts facts = new SupportFacts(file, state.folder(), since, listen);
        SupportBundle bundle = new SupportBundle(new Scrubber(facts.secrets()));
        facts.addTo(bundle);
        try {
            bundle.write(target, name);
        } catch (IOException e) {
            throw new CommandException(ExitCode.CANT_CREATE, target + " can't be written: " + e);
        }
        out.println(target.toAbsolutePath());
        List<String> names = bundle.names();
        out.println("holds " + String.join(", ", names) + "; look at it before you give it away");
        out.flush();
        return ExitCode.OK;
    }
}
