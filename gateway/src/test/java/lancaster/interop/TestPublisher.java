package lancaster.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lancaster.kit.GoldenFile;
import lancaster.net.Loops;
import lancaster.publisher.FlvFileSource;
import lancaster.publisher.Replay;
import lancaster.publisher.ReplayListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;

/** Publishes a short film in real time over and over, and writes down what becomes of it. */
final class TestPublisher implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Loops loops = Loops.start(1);
    private final Replay replay;
    private boolean closed;

    TestPublisher(Path folder, String url) throws IOException {
        Path media = Files.createTempFile(folder, "film", ".flv");
        Files.write(media, GoldenFile.media("avc-aac.flv").toArray());
        replay = Replay.start(
                RtmpUrl.parse(url),
                new FlvFileSource(media, true),
                false,
                loops,
                ForkJoinPool.commonPool(),
                new Listener());
    }

    /** What it is told next: "publishing", a code of RTMP, "failed". */
    String next() throws InterruptedException {
        String next = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("was told nothing within " + PATIENCE);
        }
        return next;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            replay.loop().execute(replay::close);
            loops.close();
        }
    }

    private final class Listener implements ReplayListener {
        @Override
        public void onPublishing() {
            told.add("publishing");
        }

        @Override
        public void onRefused(StatusReport status) {
            told.add(status.code());
        }

        @Override
        public void onRetry(String why, Duration delay) {}

        @Override
        public void onEnd() {
            told.add("end");
        }

        @Override
        public void onFailed(String why) {
            told.add("failed");
        }

        @Override
        public void onSourceFailed(String why) {
            told.add("source failed");
        }
    }
}
