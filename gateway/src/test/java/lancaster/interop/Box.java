package lancaster.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lancaster.app.Directories;
import lancaster.app.Gateway;
import lancaster.config.ConfigReader;
import lancaster.kit.Ffmpeg;
import lancaster.net.Loops;
import lancaster.publisher.Replay;
import lancaster.publisher.ReplayListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import lancaster.testcard.TestCard;

/** A whole gateway in this process, on free ports of loopback, and encoders that publish to it over RTMP. */
final class Box implements AutoCloseable {
    /** What closes it all, last opened first. */
    private final Deque<Runnable> closers = new ArrayDeque<>();

    private final Path folder;
    private final Gateway gateway;

    /** Short segments, so that pictures come soon; {@code settings} as on the command line. */
    Box(String... settings) throws IOException {
        folder = Files.createTempDirectory("box");
        closers.push(this::deleteFolder);
        List<String> overrides = Stream.concat(
                        Stream.of(
                                "rtmp.listen=127.0.0.1:0",
                                "http.listen=127.0.0.1:0",
                                "streams.\"live/*\".key=none",
                                "streams.\"live/*\".hls.segment=2s"),
                        Stream.of(settings))
                .toList();
        Directories directories = new Directories(folder.resolve("state"), folder.resolve("segments"));
        gateway = Gateway.start(ConfigReader.withoutFile(overrides), directories);
        closers.push(gateway::close);
    }

    String http(String path) {
        return "http://127.0.0.1:" + gateway.httpAddress().getPort() + path;
    }

    String rtmp(String path) {
        return "rtmp://127.0.0.1:" + gateway.rtmpAddress().getPort() + "/" + path;
    }

    /** Publishes the test card; what comes back ends it. */
    Runnable publishTestCard(String path) {
        Loops loops = Loops.start(1);
        closers.push(loops::close);
        CompletableFuture<Boolean> publishing = new CompletableFuture<>();
        Replay replay = Replay.start(
                RtmpUrl.parse(rtmp(path)),
                new TestCard(path, InstantSource.system(), ZoneId.systemDefault()),
                false,
                loops,
                new Told(publishing));
        publishing.orTimeout(30, TimeUnit.SECONDS).join();
        return () -> replay.loop().execute(replay::close);
    }

    /** Publishes moving bars and a tone from ffmpeg; the process may be destroyed. */
    Process publishFfmpeg(String path) {
        return ffmpeg(
                path,
                "-f lavfi -i testsrc2=s=320x180:r=25 -f lavfi -i sine=440:r=48000"
                        + " -c:v libx264 -preset ultrafast -tune zerolatency -g 50 -c:a aac");
    }

    /** Publishes a tone. */
    Process publishSound(String path) {
        return ffmpeg(path, "-f lavfi -i sine=440:r=48000 -c:a aac");
    }

    private Process ffmpeg(String path, String encoding) {
        List<String> arguments = new ArrayList<>(List.of("-v", "warning", "-re"));
        arguments.addAll(List.of(encoding.split(" ")));
        arguments.addAll(List.of("-f", "flv", rtmp(path)));
        Process ffmpeg = Ffmpeg.startFfmpeg(folder.resolve("ffmpeg.log"), arguments);
        closers.push(() -> ffmpeg.destroyForcibly().onExit().join());
        return ffmpeg;
    }

    @Override
    public void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }

    private void deleteFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Told(CompletableFuture<Boolean> publishing) implements ReplayListener {
        @Override
        public void onPublishing() {
            publishing.complete(true);
        }

        @Override
        public void onRefused(StatusReport status) {
            publishing.completeExceptionally(new AssertionError(status));
        }

        @Override
        public void onRetry(String why, Duration delay) {}

        @Override
        public void onEnd() {}

        @Override
        public void onFailed(String why) {
            publishing.completeExceptionally(new AssertionError(why));
        }

        @Override
        public void onSourceFailed(String why) {
            onFailed(why);
        }
    }
}
