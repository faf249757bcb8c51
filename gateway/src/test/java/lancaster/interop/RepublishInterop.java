package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lancaster.interop.FarEnd.Manner;
import lancaster.kit.Ffmpeg;
import lancaster.republish.TargetStats;
import lancaster.republish.TargetStats.State;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Streams that are sent on: to nginx and to ffmpeg, and to far ends that are no good. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class RepublishInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final StreamPath STREAM = StreamPath.parse("live/card");

    @TempDir
    Path folder;

    @Test
    void nginxAndAnotherLancasterGetTheStreamAndLoseAndRegainIt() throws Exception {
        try (NginxServer nginx = new NginxServer(folder);
                TestGateway other = new TestGateway(Files.createDirectory(folder.resolve("other")));
                TestGateway gateway = gateway(nginx.url("live/card"), other.rtmp("live/second"));
                PublishedCard card = new PublishedCard(gateway, "live/card")) {
            awaitState(gateway, 0, State.PUBLISHING);
            awaitState(gateway, 1, State.PUBLISHING);
            Eventually.holds(
                    "the other serves it",
                    PATIENCE,
                    () -> other.get("live/second.m3u8").statusCode() == 200);
            Reader reader =
                    new Reader(folder, "nginx", List.of("-rw_timeout", "10000000", "-i", nginx.url("live/card")), 5);
            reader.assertClean(2);
            long sent = stats(gateway, 1).counters().sentMessages();
            nginx.kill();
            awaitState(gateway, 0, State.WAITING);
            assertEquals(State.PUBLISHING, stats(gateway, 1).state());
            nginx.restart();
            awaitState(gateway, 0, State.PUBLISHING);
            assertEquals(2, stats(gateway, 0).publications());
            assertEquals(1, stats(gateway, 1).publications());
            Eventually.holds(
                    "the other one gets more",
                    PATIENCE,
                    () -> stats(gateway, 1).counters().sentMessages() > sent);
            assertEquals(0, stats(gateway, 1).counters().cuts());
            assertEquals("live/card", card.path());
        }
    }

    @Test
    void ffmpegTakesTheStreamAsAServer() throws Exception {
        int port = freePort();
        String url = "rtmp://127.0.0.1:" + port + "/live/card";
        Path copy = folder.resolve("copy.flv");
        Process server = Ffmpeg.startFfmpeg(
                folder.resolve("server.log"),
                List.of("-v", "warning", "-listen", "1", "-i", url, "-t", "4", "-c", "copy", copy.toString()));
        try (TestGateway gateway = gateway(url);
                PublishedCard card = new PublishedCard(gateway, "live/card")) {
            Eventually.holds("ffmpeg has its seconds", PATIENCE, () -> !server.isAlive());
            assertEquals(0, server.exitValue(), () -> card.path());
            assertTrue(Files.size(copy) > 10_000);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void farEndsThatAreNoGoodConcernNobodyElse() throws Exception {
        try (NginxServer nginx = new NginxServer(folder);
                FarEnd silent = new FarEnd(Manner.SILENT);
                FarEnd resets = new FarEnd(Manner.RESETS);
                FarEnd babbles = new FarEnd(Manner.BABBLES);
                FarEnd closes = new FarEnd(Manner.CLOSES);
                TestGateway gateway = gateway(
                        silent.url("live/a"),
                        resets.url("live/a"),
                        babbles.url("live/a"),
                        closes.url("live/a"),
                        "rtmp://127.0.0.1:" + freePort() + "/live/refused",
                        "rtmp://no-such-host.invalid/live/a",
                        nginx.url("live/card"));
                PublishedCard card = new PublishedCard(gateway, "live/card")) {
            awaitState(gateway, 6, State.PUBLISHING);
            Eventually.holds("each has failed and come again", PATIENCE, () -> gateway.republished(STREAM).stream()
                    .filter(stats -> stats.state() != State.PUBLISHING)
                    .allMatch(stats -> stats.attempts() >= 2));
            List<String> reasons = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                reasons.add(stats(gateway, i).reason().orElse(""));
            }
            assertEquals("no consent to publish for 10 s", reasons.get(0));
            assertTrue(reasons.get(1).contains("reset") || reasons.get(1).contains("closed"), reasons::toString);
            assertTrue(reasons.get(2).contains("version"), reasons::toString);
            assertTrue(reasons.get(3).contains("closed") || reasons.get(3).contains("reset"), reasons::toString);
            assertTrue(reasons.get(4).contains("refused"), reasons::toString);
            assertTrue(reasons.get(5).contains("host isn't known"), reasons::toString);
            TargetStats good = stats(gateway, 6);
            assertEquals(1, good.publications());
            assertEquals(0, good.counters().cuts());
            assertEquals("live/card", card.path());
        }
    }

    private TestGateway gateway(String... targets) throws Exception {
        Path file = folder.resolve("lancaster.yaml");
        StringBuilder text = new StringBuilder("streams:\n  live/card:\n    key: none\n    republish:\n");
        for (String target : targets) {
            text.append("      - \"").append(target).append("\"\n");
        }
        Files.writeString(file, text);
        return TestGateway.of(folder, file);
    }

    private static void awaitState(TestGateway gateway, int target, State state) throws Exception {
        Eventually.holds("target " + target + " is " + state, PATIENCE, () -> {
            List<TargetStats> all = gateway.republished(STREAM);
            return all.size() > target && all.get(target).state() == state;
        });
    }

    private static TargetStats stats(TestGateway gateway, int target) {
        return gateway.republished(STREAM).get(target);
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
