package lancaster.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What commands that run a gateway let one choose. */
final class GatewayOptions {
    @Option(
            names = "--runtime",
            paramLabel = "DIR",
            description = "Segments. Default: $RUNTIME_DIRECTORY, else $XDG_RUNTIME_DIR/lancaster, else a temporary"
                    + " folder.")
    Optional<Path> runtime = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Override a value of the configuration: --set rtmp.listen=127.0.0.1:0. Repeatable.")
    List<String> overrides = List.of();
}
