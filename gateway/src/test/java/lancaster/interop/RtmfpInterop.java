package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import lancaster.pull.PullStats;
import lancaster.republish.TargetStats;
import lancaster.republish.TargetStats.State;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two Lancasters that fetch from and send to each other over RTMFP, and publishers who come that way. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class RtmfpInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final StreamPath FILM = StreamPath.parse("live/film");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rtmp", "rtmfp"})
    void whatIsFetchedFromAnotherLancasterIsServedInTheSameSegments(String scheme) throws Exception {
        try (TestGateway origin = new TestGateway(
                        Files.createDirectory(folder.resolve("origin")),
                        "streams.\"*/*\".hls.segment=1s",
                        "streams.\"*/*\".hls.window=100");
                TestGateway branch = gateway("branch", FILM, "source: \"" + address(origin, scheme, FILM) + "\"")) {
            try (TestPublisher publisher = new TestPublisher(folder, origin.rtmp("live/film"))) {
                assertEquals("publishing", publisher.next());
                awaitSegments(branch, 3);
                assertEquals(1, players(origin));
            }
            int before = segments(branch).size();
            try (TestPublisher publisher = new TestPublisher(folder, address(origin, "rtmfp", FILM))) {
                assertEquals("publishing", publisher.next());
                awaitSegments(branch, before + 3);
            }
            List<String> numbers = segments(branch);
            assertTrue(segments(origin).containsAll(numbers), () -> "numbers of its own: " + numbers);
            for (String number : numbers) {
                assertSame(origin, branch, "live/film/ts/" + number + ".ts");
                assertSame(origin, branch, "live/film/fmp4/" + number + ".m4s");
            }
            assertEquals(PullStats.State.LIVE, branch.pulled(FILM).state());
            assertEquals(1, branch.pulled(FILM).successes());
        }
    }

    @Test
    void whatIsSentOnWithTheRightKeyIsServedAndWithAWrongOneRefused() throws Exception {
        try (TestGateway far = new TestGateway(
                Files.createDirectory(folder.resolve("far")),
                "streams.\"own/*\".key=hunter2",
                "streams.\"own/*\".hls.segment=1s")) {
            String right = address(far, "rtmfp", StreamPath.parse("own/film")) + "?key=hunter2";
            String wrong = address(far, "rtmfp", StreamPath.parse("own/other")) + "?key=hunter3";
            try (TestGateway near = gateway("near", FILM, "republish: [\"" + right + "\", \"" + wrong + "\"]");
                    TestPublisher publisher = new TestPublisher(folder, near.rtmp("live/film"))) {
                assertEquals("publishing", publisher.next());
                Eventually.holds("it is sent on", PATIENCE, () -> target(near, 0)
                        .filter(stats -> stats.state() == State.PUBLISHING)
                        .isPresent());
                Eventually.holds(
                        "it is served", PATIENCE, () -> far.get("own/film.m3u8").statusCode() == 200);
                LiveCheck check = new LiveCheck(far, "own/film.m3u8", "ts");
                Eventually.holds("why not the other", PATIENCE, () -> target(near, 1)
                        .flatMap(TargetStats::reason)
                        .filter(why -> why.contains("the key is wrong"))
                        .isPresent());
                Eventually.holds(
                        "more of it",
                        PATIENCE,
                        () -> text(far, "own/film/ts/video.m3u8").split("#EXTINF", -1).length > 3);
                check.assertClean(2);
                assertEquals(0, target(near, 0).orElseThrow().counters().cuts());
            }
        }
    }

    @Test
    void publishersNeedTheKeyAndTakeOverFromThoseOfRtmp() throws Exception {
        try (TestGateway gateway = new TestGateway(
                Files.createDirectory(folder.resolve("gateway")),
                "streams.\"own/*\".key=hunter2",
                "streams.\"reject/*\".key=none",
                "streams.\"reject/*\".on-second-publisher=reject")) {
            assertFirst("publishing", gateway, "own/a?key=hunter2");
            assertFirst("NetStream.Publish.Denied", gateway, "own/a?key=hunter3");
            assertFirst("NetStream.Publish.Denied", gateway, "own/a");
            assertFirst("NetStream.Publish.BadName", gateway, "a/b/c/d");
            try (TestPublisher first = new TestPublisher(folder, gateway.rtmp("live/a"))) {
                assertEquals("publishing", first.next());
                assertFirst("publishing", gateway, "live/a");
                assertTrue(List.of("failed", "NetStream.Unpublish.Success").contains(first.next()));
            }
            try (TestPublisher first = rtmfp(gateway, "reject/a")) {
                assertEquals("publishing", first.next());
                Eventually.holds(
                        "it is on air",
                        PATIENCE,
                        () -> gateway.get("reject/a.m3u8").statusCode() == 200);
                assertFirst("NetStream.Publish.BadName", gateway, "reject/a");
                assertTrue(text(gateway, "metrics").contains("lancaster_stream_publishing{stream=\"reject/a\"} 1"));
            }
        }
    }

    private void assertFirst(String told, TestGateway gateway, String path) throws Exception {
        try (TestPublisher publisher = rtmfp(gateway, path)) {
            assertEquals(told, publisher.next());
        }
    }

    private TestPublisher rtmfp(TestGateway gateway, String path) throws Exception {
        return new TestPublisher(folder, "rtmfp://127.0.0.1:" + gateway.port("rtmfp") + "/" + path);
    }

    private TestGateway gateway(String name, StreamPath path, String line) throws Exception {
        Path home = Files.createDirectory(folder.resolve(name));
        Path file = home.resolve("lancaster.yaml");
        Files.writeString(
                file,
                "streams:\n  " + path + ":\n    key: none\n    hls: { segment: 1s, window: 100 }\n    " + line + "\n");
        return TestGateway.of(home, file);
    }

    private static String address(TestGateway gateway, String scheme, StreamPath path) {
        return scheme + "://127.0.0.1:" + gateway.port(scheme) + "/" + path;
    }

    private static Optional<TargetStats> target(TestGateway gateway, int target) {
        return gateway.republished(FILM).stream().skip(target).findFirst();
    }

    private static void assertSame(TestGateway a, TestGateway b, String path) throws Exception {
        assertEquals(200, a.get(path).statusCode(), path);
        assertArrayEquals(a.get(path).body(), b.get(path).body(), path);
    }

    private static int players(TestGateway gateway) throws Exception {
        String name = "lancaster_stream_rtmp_players{stream=\"live/film\"}";
        return text(gateway, "metrics")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    private static void awaitSegments(TestGateway gateway, int count) throws Exception {
        Eventually.holds(count + " segments", PATIENCE, () -> segments(gateway).size() >= count);
    }

    private static List<String> segments(TestGateway gateway) throws Exception {
        return Pattern.compile("(\\d+)\\.ts")
                .matcher(text(gateway, "live/film/ts/video.m3u8"))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static String text(TestGateway gateway, String path) throws Exception {
        return new String(gateway.get(path).body(), StandardCharsets.UTF_8);
    }
}
