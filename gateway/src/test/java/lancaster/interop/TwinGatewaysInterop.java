package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import lancaster.kit.Ffmpeg;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Boxes that carry the same stream on the same timeline serve the same bytes under the same numbers. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class TwinGatewaysInterop {
    private static final int FILM_S = 14;
    private static final int SEGMENTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] SETTINGS = {"streams.\"live/*\".key=none", "streams.\"live/*\".hls.segment=2s"};

    @TempDir
    Path folder;

    @Test
    void segmentsAreTheSameBytes() throws Exception {
        Path film = film();
        publishSomething(film);
        Path copy = folder.resolve("b/state/timeline/live/a.json");
        Files.createDirectories(copy.getParent());
        Files.copy(folder.resolve("a/state/timeline/live/a.json"), copy);
        try (TestGateway a = new TestGateway(folder.resolve("a"), SETTINGS)) {
            Process first = publish(film, a.rtmp("live/a"));
            awaitSegments(a, 1);
            try (TestGateway b = new TestGateway(folder.resolve("b"), SETTINGS);
                    SplittingRelay relay = new SplittingRelay(b.rtmpPort(), 1)) {
                Process second = publish(film, "rtmp://127.0.0.1:" + relay.port() + "/live/a");
                awaitSegments(a, SEGMENTS);
                awaitSegments(b, SEGMENTS);
                assertSame(a, b);
                first.destroyForcibly();
                second.destroyForcibly();
            }
        }
    }

    private static void assertSame(TestGateway a, TestGateway b) throws Exception {
        List<String> paths = segments(a).subList(0, SEGMENTS);
        assertEquals(paths, segments(b).subList(0, SEGMENTS));
        List<String> all = new ArrayList<>();
        for (String number : paths) {
            all.add("live/a/ts/" + number + ".ts");
            all.add("live/a/fmp4/" + number + ".m4s");
            all.add("live/a/hds/streamSeg1-Frag" + number);
        }
        all.add("live/a/fmp4/init-" + paths.get(0) + ".mp4");
        for (String path : all) {
            assertEquals(200, a.get(path).statusCode(), path);
            assertArrayEquals(a.get(path).body(), b.get(path).body(), path);
            assertEquals(
                    a.get(path).headers().firstValue("ETag"),
                    b.get(path).headers().firstValue("ETag"),
                    path);
        }
    }

    /** Pictures that differ, so that equal bytes mean equal content. */
    private Path film() {
        Path film = folder.resolve("film.flv");
        String seconds = Integer.toString(FILM_S);
        Ffmpeg.ffmpeg(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=320x180:rate=25",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=440:r=48000",
                        "-t",
                        seconds,
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-g",
                        "50",
                        "-bf",
                        "2",
                        "-c:a",
                        "aac",
                        film.toString())
                .clean();
        return film;
    }

    /** So that the timeline has a past. */
    private void publishSomething(Path film) throws Exception {
        try (TestGateway a = new TestGateway(folder.resolve("a"), SETTINGS)) {
            Process first = publish(film, a.rtmp("live/a"));
            awaitSegments(a, 1);
            first.destroyForcibly().waitFor();
        }
    }

    private Process publish(Path film, String url) throws IOException {
        Path log = Files.createTempFile(folder, "publish", ".log");
        return Ffmpeg.startFfmpeg(
                log, List.of("-v", "warning", "-re", "-i", film.toString(), "-c", "copy", "-f", "flv", url));
    }

    private static void awaitSegments(TestGateway gateway, int count) throws Exception {
        Eventually.holds(count + " segments", PATIENCE, () -> segments(gateway).size() >= count);
    }

    private static List<String> segments(TestGateway gateway) throws Exception {
        String list = new String(gateway.get("live/a/ts/video.m3u8").body(), StandardCharsets.UTF_8);
        return Pattern.compile("(\\d+)\\.ts")
                .matcher(list)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
