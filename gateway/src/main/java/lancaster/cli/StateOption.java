package lancaster.cli;

import java.nio.file.Path;
import java.util.Optional;
import lancaster.app.Directories;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --state}, for commands that touch what survives. */
final class StateOption {
    @Option(
            names = "--state",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "Keys and timelines. Default: $STATE_DIRECTORY, else ~/.local/state/lancaster.")
    Optional<Path> state = Optional.empty();

    Path folder() {
        return Directories.resolve(state, Optional.of(Path.of("")), System.getenv(), System.getProperty("user.home"))
                .state();
    }
}
