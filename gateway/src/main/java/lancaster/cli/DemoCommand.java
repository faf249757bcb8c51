package lancaster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import lancaster.access.KeyFile;
import lancaster.app.Directories;
import lancaster.app.Gateway;
import lancaster.app.Logging;
import lancaster.config.ConfigReader;
import lancaster.config.GatewayConfig;
import lancaster.net.Loops;
import lancaster.publisher.Replay;
import lancaster.publisher.ReplayListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import lancaster.testcard.TestCard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demo}: a gateway that keeps nothing, and an encoder that publishes the test card to it over RTMP. */
@Command(name = "demo", description = "Run a gateway with a test card to watch; nothing is kept.")
final class DemoCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);
    private static final String CARD = "live/testcard";
    /** What happens is in the pages; the terminal is for what to open. */
    private static final String QUIET = "log.level=warn";

    private static final String OTHER_PORTS =
            "\nOther ports: demo --set rtmp.listen=0.0.0.0:2935 --set http.listen=0.0.0.0:9080";
    private static final long START_TIMEOUT_S = 30;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    GatewayOptions options = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> overrides = new ArrayList<>(List.of(QUIET));
        overrides.addAll(options.overrides());
        GatewayConfig config = ConfigReader.withoutFile(overrides);
        Logging.apply(config.log());
        Optional<DemoMulticast> multicast = DemoMulticast.of(config, CARD);
        try (StopSignal signal = new StopSignal()) {
            Path folder = Files.createTempDirectory("lancaster-demo");
            try {
                Path segments = options.runtime.orElseGet(() -> folder.resolve("segments"));
                run(config, multicast, new Directories(folder.resolve("state"), segments), signal);
            } finally {
                delete(folder);
            }
        }
        return ExitCode.OK;
    }

    private void run(
            GatewayConfig config, Optional<DemoMulticast> multicast, Directories directories, StopSignal signal)
            throws IOException, InterruptedException {
        try (Gateway gateway = start(config, directories);
                Loops loops = Loops.start(1)) {
            PrintWriter out = spec.commandLine().getOut();
            RunningGateway.sayListeners(gateway, out);
            DemoAddresses addresses = new DemoAddresses(
                    gateway.rtmpAddress(),
                    gateway.httpAddress(),
                    CARD,
                    defaultKey(directories.state()),
                    secret(directories.state()));
            Encoder encoder = new Encoder();
            Replay replay = Replay.start(
                    RtmpUrl.parse(addresses.encoderUrl()),
                    new TestCard(CARD, InstantSource.system(), ZoneId.systemDefault()),
                    true,
                    loops,
                    ForkJoinPool.commonPool(),
                    encoder);
            encoder.awaitPublishing();
            addresses.print(out, multicast);
            RunningGateway.sayReady(out);
            signal.told().join();
            replay.loop().execute(replay::close);
        }
    }

    private static Gateway start(GatewayConfig config, Directories directories) {
        try {
            return RunningGateway.start(config, directories);
        } catch (CommandException e) {
            throw e.exitCode() == ExitCode.UNAVAILABLE
                    ? new CommandException(e.exitCode(), e.getMessage() + OTHER_PORTS)
                    : e;
        }
    }

    private static String defaultKey(Path state) throws IOException {
        return KeyFile.read(state.resolve("keys").resolve("default")).current();
    }

    private static String secret(Path state) throws IOException {
        return new AccessFolder(state).oneTimeSecret().find().orElse("");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** What becomes of the test card. */
    private static final class Encoder implements ReplayListener {
        private final CompletableFuture<Boolean> publishing = new CompletableFuture<>();

        void awaitPublishing() throws InterruptedException {
            try {
                publishing.get(START_TIMEOUT_S, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new CommandException(ExitCode.SOFTWARE, "the test card can't be published: " + e.getMessage());
            }
        }

        @Override
        public void onPublishing() {
            publishing.complete(true);
        }

        @Override
        public void onRefused(StatusReport status) {
            LOG.warn("test card refused cause=\"{}\"", status);
        }

        @Override
        public void onRetry(String why, Duration delay) {
            LOG.warn("test card disconnected cause=\"{}\" retry={}s", why, delay.toSeconds());
        }

        /** The test card has none. */
        @Override
        public void onEnd() {}

        @Override
        public void onFailed(String why) {
            publishing.completeExceptionally(new IOException(why));
        }

        @Override
        public void onSourceFailed(String why) {
            onFailed(why);
        }
    }
}
