package lancaster.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.app.Directories;
import lancaster.app.Gateway;
import lancaster.app.Logging;
import lancaster.app.SystemdNotifier;
import lancaster.bytes.ProtocolException;
import lancaster.config.ConfigReader;
import lancaster.config.GatewayConfig;
import lancaster.multicast.LocalInterface;
import lancaster.multicast.MulticastException;
import lancaster.receiver.SourceSettings;
import lancaster.receiver.SourceUrl;
import lancaster.stream.StreamPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code receive URL}: joins a multicast session and serves it on this box. */
@Command(
        name = "receive",
        description = "Join a multicast session and serve it to players on this box, until told to stop.")
final class ReceiveCommand implements Callable<Integer> {
    /** Beside the gateway of the same box, which may run. */
    private static final List<String> DEFAULTS =
            List.of("log.level=error", "http.listen=127.0.0.1:8091", "rtmp.listen=127.0.0.1:0");

    private static final String OTHER_PORT = "\nAnother port: receive --set http.listen=127.0.0.1:9091 …";
    private static final Pattern SESSION = Pattern.compile(".*?/([^/]+/[^/]+)\\.sdp");
    private static final String UNNAMED = "live/multicast";
    private static final long LOOK_MS = 200;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    StateOption state = new StateOption();

    @Parameters(
            paramLabel = "URL",
            arity = "1..2",
            description =
                    "rtp://SENDER@GROUP:PORT, udp://GROUP:PORT, udp://@:PORT for datagrams to this box alone, or an"
                            + " SDP file or address. Two of RTP are two ways of the same stream.")
    List<String> urls = List.of();

    @Option(
            names = "--interface",
            paramLabel = "INTERFACE",
            description = "Join on this interface: its name or one of its addresses. Default: the one that leads to the"
                    + " sender.")
    Optional<String> interfaceName = Optional.empty();

    @Option(
            names = "--stream",
            paramLabel = "APP/NAME",
            description = "What it is called here. Default: as the SDP address says, else live/multicast.")
    Optional<StreamPath> stream = Optional.empty();

    @Option(
            names = "--runtime",
            paramLabel = "DIR",
            description = "Segments. Default: $RUNTIME_DIRECTORY, else a temporary folder.")
    Optional<Path> runtime = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Override a value of the configuration: --set http.listen=0.0.0.0:8091. Repeatable.")
    List<String> overrides = List.of();

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        List<SourceUrl> sources = urls.stream().map(this::url).toList();
        String error = SourceSettings.error(sources);
        if (!error.isEmpty()) {
            throw usage(error);
        }
        interfaceName.ifPresent(this::checkInterface);
        StreamPath path = stream.orElseGet(() -> path(sources.get(0)));
        GatewayConfig config = ConfigReader.withoutFile(settings(path, sources));
        Logging.apply(config.log());
        PrintWriter out = spec.commandLine().getOut();
        ReceiveProgress progress = new ReceiveProgress(out);
        try (StopSignal signal = new StopSignal();
                SystemdNotifier systemd = SystemdNotifier.open(System.getenv());
                Gateway gateway = start(config, progress)) {
            String address = DemoAddresses.httpHere(gateway.httpAddress()) + "/" + path;
            progress.begin(urls, address);
            systemd.ready("receiving " + urls);
            systemd.watch(gateway::isAlive, gateway::summary);
            show(gateway, path, progress, signal.told());
        }
        return ExitCode.OK;
    }

    private Gateway start(GatewayConfig config, ReceiveProgress progress) {
        // The runtime folder of the desktop may be the gateway's.
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.remove("XDG_RUNTIME_DIR");
        Directories directories =
                Directories.resolve(state.state, runtime, environment, System.getProperty("user.home"));
        try {
            return RunningGateway.start(config, directories, progress::on);
        } catch (CommandException e) {
            throw e.exitCode() == ExitCode.UNAVAILABLE
                    ? new CommandException(e.exitCode(), e.getMessage() + OTHER_PORT)
                    : e;
        }
    }

    private static void show(Gateway gateway, StreamPath path, ReceiveProgress progress, CompletableFuture<Void> told)
            throws InterruptedException, ExecutionException {
        while (true) {
            try {
                told.get(LOOK_MS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                progress.listed(gateway.isListed(path));
            }
        }
    }

    private List<String> settings(StreamPath path, List<SourceUrl> sources) {
        List<String> all = new ArrayList<>(DEFAULTS);
        String joined =
                interfaceName.map(name -> ", interface: " + quoted(name)).orElse("");
        List<String> items = sources.stream()
                .map(url -> "{ url: " + quoted(url.toString()) + joined + " }")
                .toList();
        all.add("streams.\"" + path + "\".source=" + items);
        all.addAll(overrides);
        return all;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private SourceUrl url(String text) {
        try {
            return SourceUrl.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private void checkInterface(String name) {
        try {
            List<LocalInterface> all = LocalInterface.all();
            boolean known = all.stream()
                    .anyMatch(one -> one.name().equals(name)
                            || one.addresses().stream().anyMatch(address -> lancaster.multicast.IpLiteral.text(address)
                                    .equals(name)));
            if (!known) {
                throw usage("there is no interface " + name + "; there is " + LocalInterface.listText(all));
            }
        } catch (MulticastException e) {
            throw new CommandException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private static StreamPath path(SourceUrl first) {
        Matcher session = SESSION.matcher(first.toString());
        try {
            return StreamPath.parse(session.matches() ? session.group(1) : UNNAMED);
        } catch (ProtocolException e) {
            return StreamPath.parse(UNNAMED);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
