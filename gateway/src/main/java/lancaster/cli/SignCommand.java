package lancaster.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import lancaster.access.viewing.SignedAddress;
import lancaster.access.viewing.ViewingGate;
import lancaster.access.viewing.ViewingSettings;
import lancaster.config.ConfigReader;
import lancaster.config.GatewayConfig;
import lancaster.config.StreamConfig;
import lancaster.stream.StreamPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sign STREAM}: what must stand behind the address of a stream whose viewing needs a signature. */
@Command(name = "sign", description = "Print what opens a stream to viewers, to be put behind any of its addresses.")
final class SignCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "STREAM", description = "APP/NAME")
    StreamPath stream = StreamPath.parse("live/stream");

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration, which names the secret.")
    Path config = Path.of("");

    @Option(
            names = "--valid",
            paramLabel = "DURATION",
            defaultValue = "24h",
            description = "For how long. Default: ${DEFAULT-VALUE}.")
    Duration valid = Duration.ofDays(1);

    @Override
    public Integer call() {
        GatewayConfig read = ConfigReader.read(config, List.of());
        ViewingSettings rule = read.stream(stream)
                .map(StreamConfig::viewing)
                .orElse(read.security().viewing());
        InstantSource clock = InstantSource.system();
        Optional<String> secret =
                new ViewingGate(path -> rule, System::getenv, clock, System::nanoTime).signingSecret(stream);
        if (secret.isEmpty()) {
            throw new CommandException(
                    ExitCode.CONFIG, "viewing of " + stream + " has no secret that could sign; see `viewing` there");
        }
        long until = clock.instant().plus(valid).getEpochSecond();
        spec.commandLine().getOut().println('?' + SignedAddress.query(secret.get(), stream, until));
        return ExitCode.OK;
    }
}
