package lancaster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import lancaster.net.Loops;
import lancaster.publisher.FlvFileSource;
import lancaster.publisher.MediaSource;
import lancaster.publisher.Replay;
import lancaster.publisher.ReplayListener;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import lancaster.testcard.TestCard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code publish FILE|testcard URL}: an encoder made of a file, or of nothing. */
@Command(name = "publish", description = "Send an FLV file or the test card to an RTMP server, in real time.")
final class PublishCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(PublishCommand.class);
    private static final String TEST_CARD = "testcard";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE.flv|testcard", description = "What to send.")
    String what = "";

    @Parameters(index = "1", paramLabel = "URL", description = "rtmp[s]:// or rtmfp://HOST[:PORT]/APP/NAME[?key=KEY]")
    String url = "";

    @Option(names = "--loop", description = "Begin the file again where it ends, without a jump of its timestamps.")
    boolean loop;

    @Option(names = "--reconnect", description = "When the connection ends, connect again.")
    boolean reconnect;

    @Override
    public Integer call() throws IOException {
        RtmpUrl to = url();
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        try (StopSignal signal = new StopSignal();
                MediaSource source = source(to);
                Loops loops = Loops.start(1)) {
            Progress progress = new Progress(spec.commandLine().getErr(), Terminal.isStandardError());
            Replay replay = Replay.start(
                    to, source, reconnect, loops, ForkJoinPool.commonPool(), new Told(to, progress, exitCode));
            progress.start(replay);
            int code = exitCode.applyToEither(signal.told().thenApply(stop -> ExitCode.OK), either -> either)
                    .join();
            replay.loop().execute(replay::close);
            return code;
        } catch (CompletionException e) {
            if (e.getCause() instanceof CommandException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private RtmpUrl url() {
        try {
            return RtmpUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private MediaSource source(RtmpUrl to) throws IOException {
        if (what.equals(TEST_CARD)) {
            return new TestCard(to.path(), InstantSource.system(), ZoneId.systemDefault());
        }
        Path file = Path.of(what);
        if (what.matches("(?i).*\\.(mp4|m4v|mov|mkv|ts)")) {
            throw usage("publish reads FLV files; ffmpeg makes one: ffmpeg -i " + what + " -c copy FILE.flv");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandException(ExitCode.NO_INPUT, file + " is no file that can be read");
        }
        return new FlvFileSource(file, loop);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** What becomes of the publication, told on its loop: to the terminal or the log, and at last as an exit code. */
    private static final class Told implements ReplayListener {
        private final RtmpUrl url;
        private final Progress progress;
        private final CompletableFuture<Integer> exitCode;
        private @Nullable StatusReport refusal;

        Told(RtmpUrl url, Progress progress, CompletableFuture<Integer> exitCode) {
            this.url = url;
            this.progress = progress;
            this.exitCode = exitCode;
        }

        @Override
        public void onPublishing() {
            refusal = null;
            LOG.info("publishing url={}", url);
        }

        @Override
        public void onRefused(StatusReport status) {
            refusal = status;
        }

        @Override
        public void onRetry(String why, Duration delay) {
            refusal = null;
            progress.interrupt();
            LOG.warn("connection lost url={} cause=\"{}\" retry={}s", url, why, delay.toSeconds());
        }

        @Override
        public void onEnd() {
            progress.interrupt();
            exitCode.complete(ExitCode.OK);
        }

        @Override
        public void onFailed(String why) {
            progress.interrupt();
            exitCode.completeExceptionally(
                    refusal == null
                            ? new CommandException(ExitCode.UNAVAILABLE, url + ": " + why)
                            : new CommandException(ExitCode.NO_PERMISSION, refused(refusal)));
        }

        @Override
        public void onSourceFailed(String why) {
            progress.interrupt();
            exitCode.completeExceptionally(new CommandException(ExitCode.DATA, why));
        }

        private String refused(StatusReport status) {
            return url + " refuses: " + status + likelyCause(status.code());
        }

        private static String likelyCause(String code) {
            if (code.equals(NetStatus.PUBLISH_DENIED.code())) {
                return "\nThe key is missing, wrong or old. It goes behind the name: rtmp://HOST/APP/NAME?key=KEY;"
                        + " on the gateway, `lancaster key show` prints it.";
            }
            if (code.equals(NetStatus.PUBLISH_BAD_NAME.code())) {
                return "\nSomeone else publishes under this name, or it isn't one the gateway allows.";
            }
            if (code.equals(NetStatus.PUBLISH_REJECTED.code())) {
                return "\nThe gateway doesn't carry what was sent. H.264 video and AAC audio it does.";
            }
            if (code.equals(NetStatus.CONNECT_REJECTED.code())) {
                return "\nThe application, the part of the URL before the last slash, isn't one the server has.";
            }
            return "";
        }
    }
}
