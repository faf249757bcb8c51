package lancaster.cli;

import java.nio.file.Path;
import java.util.ArrayList;
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

    @Option(
            names = "--multicast",
            paramLabel = "INTERFACE",
            description = "Send streams as IP multicast out of this interface: its name or one of its addresses."
                    + " Without it, and without one in the configuration, nothing is sent.")
    Optional<String> multicast = Optional.empty();

    /** What comes from the command line, the explicit ones last. */
    List<String> overrides() {
        List<String> all = new ArrayList<>();
        multicast.ifPresent(name -> all.add("multicast.interface=\"" + name.replace("\"", "") + '"'));
        all.addAll(overrides);
        return all;
    }
}
