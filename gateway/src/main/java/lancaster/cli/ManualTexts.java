package lancaster.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the manual page says that no command says of itself. */
final class ManualTexts {
    record Definition(String term, String meaning) {}

    static final List<String> DESCRIPTION = List.of(
            "An encoder publishes a live stream to this gateway over RTMP. The gateway sends it as IP multicast out of a"
                    + " chosen interface, and serves it as HLS to browsers and to everyone whom multicast doesn't reach."
                    + " The same program receives multicast sessions at the other end, tells what a stream really is, and"
                    + " why multicast does or doesn't work on a network.",
            "A stream has a path, APPLICATION/NAME, which is the same in every protocol. Nothing is sent by multicast"
                    + " until an interface is named, and nobody publishes without a key: the default key is made at the"
                    + " first start.",
            "Installed from the package, the gateway runs as lancaster.service. An administrator (root) who calls key,"
                    + " reload or support-bundle means that service.");

    static final List<Definition> FILES = List.of(
            new Definition(
                    "/etc/lancaster/lancaster.yaml",
                    "The configuration of lancaster.service. /usr/share/doc/lancaster/samples/everything.yaml explains"
                            + " every key with its default; the files beside it are one scenario each."),
            new Definition(
                    "/etc/lancaster/lancaster.yaml.versions",
                    "What stood in it before the pages or the API changed it."),
            new Definition(
                    "/etc/lancaster/receiver.yaml",
                    "The configuration of lancaster-receiver.service, which doesn't start without it."),
            new Definition("/etc/default/lancaster", "The environment of both services, and options for Java."),
            new Definition(
                    "/var/lib/lancaster",
                    "What survives: keys/ with the keys that publishing needs, timeline/ with where the numbers of"
                            + " each stream's segments go on, control by which reload reaches the gateway."),
            new Definition("/run/lancaster", "Segments, in memory of their own (run-lancaster.mount)."));

    static final List<Definition> ENVIRONMENT = List.of(
            new Definition("STATE_DIRECTORY", "Where state lies without --state. systemd sets it."),
            new Definition("RUNTIME_DIRECTORY", "Where segments lie without --runtime. systemd sets it."),
            new Definition("XDG_RUNTIME_DIR", "Segments lie in lancaster/ below it if neither is there."),
            new Definition("LANCASTER_CONFIG", "The configuration that key and support-bundle mean without --config."),
            new Definition("LANCASTER_JAVA", "The java program to run on; else the first of version 17 or newer."),
            new Definition("LANCASTER_JAVA_OPTIONS", "More options for Java."),
            new Definition(
                    "NOTIFY_SOCKET, WATCHDOG_USEC",
                    "Where and how often systemd wants to be told that the gateway is ready and alive."));

    static final List<Definition> SIGNALS =
            List.of(new Definition("SIGTERM, SIGINT", "End it: streams get their last mark, timelines are written."));

    static final List<Definition> EXIT_STATUS = List.of(
            new Definition("0", "It did what it was asked."),
            new Definition("1", "The doctor found a problem."),
            new Definition("64", "The command line is wrong."),
            new Definition("65", "A file isn't what it should be."),
            new Definition("66", "A file can't be read."),
            new Definition("69", "A port is taken, or a server can't be reached."),
            new Definition("70", "A fault of the program."),
            new Definition("73", "A folder or a file can't be made."),
            new Definition("77", "The server refuses."),
            new Definition("78", "The configuration is wrong; every error is listed."));

    static final Map<String, String> EXAMPLES = examples();

    private ManualTexts() {}

    private static Map<String, String> examples() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("See it work, without any configuration:", "lancaster demo");
        all.put("What an encoder has to type in, on an installed gateway:", "lancaster key show");
        all.put("Give one stream a key of its own:", "lancaster key create live/townhall");
        all.put(
                "Why does nobody on this network receive the group?",
                "lancaster doctor --group 10.0.0.5@232.10.1.7:5004");
        all.put("What a supporter needs to know of this box:", "lancaster support-bundle");
        all.put("What is in the stream that arrives?", "lancaster probe rtp://10.0.0.5@232.10.1.7:5004");
        return all;
    }
}
