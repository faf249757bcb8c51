package lancaster.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import lancaster.app.Directories;
import lancaster.app.Gateway;
import lancaster.app.Logging;
import lancaster.app.SystemdNotifier;
import lancaster.config.ConfigSource;
import lancaster.config.LoadedConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: the gateway, until it is told to stop. */
@Command(name = "run", description = "Run the gateway in the foreground.")
final class RunCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    StateOption state = new StateOption();

    @Mixin
    GatewayOptions options = new GatewayOptions();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration. Without one: RTMP on 1935, HTTP on 8080, every stream with the default"
                    + " key.")
    Optional<Path> config = Optional.empty();

    @Override
    public Integer call() {
        LoadedConfig loaded = new ConfigSource(config, options.overrides()).load();
        Logging.apply(loaded.config().log());
        Directories directories =
                Directories.resolve(state.state, options.runtime, System.getenv(), System.getProperty("user.home"));
        try (StopSignal signal = new StopSignal();
                SystemdNotifier systemd = SystemdNotifier.open(System.getenv());
                Gateway gateway = RunningGateway.start(loaded, directories)) {
            gateway.announceReloads(systemd::reloading, () -> systemd.ready(gateway.summary()));
            HangupSignal.on(() -> {
                var unused = gateway.configControl().reload();
            });
            PrintWriter out = spec.commandLine().getOut();
            RunningGateway.sayListeners(gateway, out);
            RunningGateway.sayReady(out);
            systemd.ready(gateway.summary());
            systemd.watch(gateway::isAlive, gateway::summary);
            signal.told().join();
            systemd.stopping();
        }
        return ExitCode.OK;
    }
}
