package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvMessage;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.net.Loops;
import lancaster.publisher.Replay;
import lancaster.publisher.ReplayListener;
import lancaster.rtmfp.net.RtmfpPlayer;
import lancaster.rtmp.net.RtmpPlayer;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Players that stop to read for a while, on real sockets. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class SlowPlayersInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** More than the server keeps for who is slow, and what the kernel holds. */
    private static final int MISSED = 5 * NumberedPictures.GROUP;

    private static final long BUFFER_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int LIVE = NumberedPictures.GROUP;
    private static final String SENDS = "streams.\"*/*\".";

    @TempDir
    static Path folder;

    private static final NumberedPictures SOURCE = new NumberedPictures();
    private static final Loops LOOPS = Loops.start(1);
    private static final Heartbeat CLOCK = new Heartbeat();
    private static TestGateway gateway;
    private static Replay replay;

    @BeforeAll
    static void publish() throws Exception {
        gateway = new TestGateway(folder, "rtmp.play-buffer=1s", SENDS + "hls=none", SENDS + "hds=none");
        RtmpUrl url = RtmpUrl.parse(gateway.rtmp("live/numbers"));
        replay = Replay.start(url, SOURCE, false, LOOPS, ForkJoinPool.commonPool(), new Untold());
        Eventually.holds("it is on air", PATIENCE, () -> SOURCE.made() > NumberedPictures.GROUP);
    }

    @AfterAll
    static void stop() {
        replay.loop().execute(replay::close);
        LOOPS.close();
        gateway.close();
        CLOCK.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtmp", "rtmfp"})
    void areCutBackToAKeyFrameAndSoonLiveAgainAndNobodyElseNotices(String scheme) throws Exception {
        try (Watcher slow = new Watcher(scheme);
                Watcher steady = new Watcher("rtmp")) {
            Eventually.holds("both play", PATIENCE, () -> slow.count() > 0 && steady.count() > 0);
            CountDownLatch hurry = slow.stopReading();
            int stopped = SOURCE.made();
            Eventually.holds("the stream goes on", PATIENCE, () -> SOURCE.made() > stopped + MISSED);
            int missed = SOURCE.made();
            hurry.countDown();
            Eventually.holds("it is live again", PATIENCE, () -> slow.last() > missed);
            Eventually.holds("it stays so", PATIENCE, () -> slow.last() > missed + LIVE && slow.isLive());
            slow.assertDecodable();
            assertTrue(slow.gaps() > 0, "what it missed is left out");
            Eventually.holds("the other has as much", PATIENCE, () -> steady.last() >= missed);
            assertTrue(cuts() > 0);
            Assumptions.assumeTrue(CLOCK.longestPauseNs() < BUFFER_NS, "the machine stood still, and all were cut");
            assertEquals(0, steady.gaps(), "the other has all of it");
        }
    }

    private static double cuts() throws Exception {
        String name = "lancaster_stream_rtmp_cuts_total{stream=\"live/numbers\"}";
        return new String(gateway.get("metrics").body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    /** A player that writes down the numbers of its pictures. */
    private static final class Watcher implements AutoCloseable, RtmpClientListener {
        private final Loops loops = Loops.start(1);
        private final FlvDemuxer demuxer = new FlvDemuxer(this::onEvent);
        private final List<AccessUnit> pictures = new ArrayList<>();
        private final Executor loop;
        private final Runnable end;
        private String closed = "";

        Watcher(String scheme) throws Exception {
            String url = scheme + "://127.0.0.1:" + gateway.port(scheme) + "/live/numbers";
            Consumer<FlvMessage> media = demuxer::demux;
            if (scheme.equals("rtmfp")) {
                RtmfpPlayer player = RtmfpPlayer.play(
                        RtmpUrl.parse(url), PATIENCE, loops, loops.publish(), ForkJoinPool.commonPool(), this, media);
                loop = player.loop();
                end = player::close;
            } else {
                RtmpPlayer player = RtmpPlayer.play(RtmpUrl.parse(url), PATIENCE, loops, this, media);
                loop = player.loop();
                end = player::close;
            }
        }

        private synchronized void onEvent(MediaEvent event) {
            if (event instanceof AccessUnit picture) {
                pictures.add(picture);
            }
        }

        /** Until the latch is counted down. */
        CountDownLatch stopReading() throws Exception {
            CountDownLatch hurry = new CountDownLatch(1);
            CompletableFuture<Boolean> stopped = new CompletableFuture<>();
            loop.execute(() -> {
                stopped.complete(true);
                try {
                    if (!hurry.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                        throw new AssertionError("nobody lets it read on");
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertTrue(stopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            return hurry;
        }

        synchronized int count() {
            return pictures.size();
        }

        synchronized int last() {
            assertTrue(closed.isEmpty(), closed);
            return NumberedPictures.number(pictures.get(pictures.size() - 1));
        }

        boolean isLive() {
            return last() > SOURCE.made() - LIVE;
        }

        /** How often a picture doesn't follow the one before it. */
        synchronized int gaps() {
            int gaps = 0;
            for (int i = 1; i < pictures.size(); i++) {
                gaps += follows(i) ? 0 : 1;
            }
            return gaps;
        }

        synchronized void assertDecodable() {
            for (int i = 0; i < pictures.size(); i++) {
                int number = NumberedPictures.number(pictures.get(i));
                assertTrue(
                        pictures.get(i).randomAccess() || (i > 0 && follows(i)),
                        () -> "picture " + number + " lacks the one before it");
            }
        }

        private boolean follows(int i) {
            return NumberedPictures.number(pictures.get(i)) == NumberedPictures.number(pictures.get(i - 1)) + 1;
        }

        @Override
        public void onStarted() {}

        @Override
        public synchronized void onClosed(String why) {
            closed = why;
        }

        @Override
        public void close() {
            loop.execute(end);
            loops.close();
        }
    }

    /** What becomes of the publication shows in who plays it. */
    private static final class Untold implements ReplayListener {
        @Override
        public void onPublishing() {}

        @Override
        public void onRefused(StatusReport status) {}

        @Override
        public void onRetry(String why, Duration delay) {}

        @Override
        public void onEnd() {}

        @Override
        public void onFailed(String why) {}

        @Override
        public void onSourceFailed(String why) {}
    }
}
