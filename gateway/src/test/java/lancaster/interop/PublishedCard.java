package lancaster.interop;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import lancaster.net.Loops;
import lancaster.publisher.Replay;
import lancaster.publisher.ReplayListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import lancaster.testcard.TestCard;

/** The test card, published in real time from this process until it is closed. */
final class PublishedCard implements AutoCloseable {
    private static final int PATIENCE_S = 30;

    private final Loops loops = Loops.start(1);
    private final String path;
    private final Replay replay;
    private boolean closed;

    /** Returns once the gateway takes it. */
    PublishedCard(TestGateway gateway, String path) {
        this.path = path;
        Told told = new Told(new CompletableFuture<>());
        TestCard card = new TestCard(path, InstantSource.system(), ZoneId.systemDefault());
        replay = Replay.start(RtmpUrl.parse(gateway.rtmp(path)), card, false, loops, ForkJoinPool.commonPool(), told);
        told.publishing.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
    }

    String path() {
        return path;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            replay.loop().execute(replay::close);
            loops.close();
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
