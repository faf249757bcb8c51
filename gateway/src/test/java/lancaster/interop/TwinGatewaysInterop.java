package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lindstrom.m3u8.model.MediaPlaylist;
import io.lindstrom.m3u8.model.MediaSegment;
import io.lindstrom.m3u8.parser.MediaPlaylistParser;
import io.lindstrom.m3u8.parser.ParsingMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
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
    private static final List<String> LISTS = List.of("live/a/ts/video.m3u8", "live/a/fmp4/video.m3u8");
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
            Instant firstFed = Instant.now();
            Process first = publish(film, a.rtmp("live/a"));
            awaitSegments(a, 1);
            try (TestGateway b = new TestGateway(folder.resolve("b"), SETTINGS);
                    SplittingRelay relay = new SplittingRelay(b.rtmpPort(), 1)) {
                Instant secondFed = Instant.now();
                Process second = publish(film, "rtmp://127.0.0.1:" + relay.port() + "/live/a");
                awaitSegments(a, SEGMENTS);
                awaitSegments(b, SEGMENTS);
                assertSame(a, b);
                assertTimes(a, b, firstFed, secondFed);
                first.destroyForcibly();
                second.destroyForcibly();
            }
        }
    }

    private void assertSame(TestGateway a, TestGateway b) throws Exception {
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
            Path one = folder.resolve("one");
            Path other = folder.resolve("other");
            assertEquals("200", Curl.fetch(one, a.http(path).toString(), "--fail"), path);
            assertEquals("200", Curl.fetch(other, b.http(path).toString(), "--fail"), path);
            assertEquals("", cmp(one, other), path);
            assertEquals(
                    a.get(path).headers().firstValue("ETag"),
                    b.get(path).headers().firstValue("ETag"),
                    path);
        }
        for (String list : LISTS) {
            assertSameList(media(a, list), media(b, list), list);
        }
    }

    /** In the eyes of another's parser: whatever both list stands there alike under the same number. */
    private static void assertSameList(MediaPlaylist one, MediaPlaylist other, String list) {
        assertEquals(one.targetDuration(), other.targetDuration(), list);
        long offset = other.mediaSequence() - one.mediaSequence();
        int compared = 0;
        for (int i = 0; i < one.mediaSegments().size(); i++) {
            long there = i - offset;
            if (there >= 0 && there < other.mediaSegments().size()) {
                MediaSegment segment = one.mediaSegments().get(i);
                MediaSegment same = other.mediaSegments().get((int) there);
                assertEquals(segment.uri(), same.uri());
                assertEquals(segment.duration(), same.duration(), 0, segment.uri());
                assertEquals(segment.gap(), same.gap(), segment.uri());
                assertEquals(segment.discontinuity(), same.discontinuity(), segment.uri());
                compared++;
            }
        }
        assertTrue(compared >= SEGMENTS, list + ": compared " + compared);
    }

    /**
     * RTMP carries no wall clock, and what follows a past begins with a discontinuity: there each box anchors the date
     * by its own clock, once (house.md §4), so that the dates of the two stay as far apart as their feeds began.
     */
    private void assertTimes(TestGateway a, TestGateway b, Instant firstFed, Instant secondFed) throws Exception {
        Set<Duration> apart = new HashSet<>();
        for (String list : LISTS) {
            Map<String, Instant> there = dates(b, list);
            dates(a, list).forEach((uri, date) -> {
                if (there.containsKey(uri)) {
                    apart.add(Duration.between(date, there.get(uri)));
                }
            });
            Instant one = Collections.min(dates(a, list).values());
            Instant other = Collections.min(there.values());
            assertTrue(!one.isBefore(firstFed) && one.isBefore(secondFed), () -> firstFed + " " + one);
            assertTrue(!other.isBefore(secondFed) && other.isBefore(Instant.now()), () -> secondFed + " " + other);
        }
        assertEquals(1, apart.size(), () -> "in every list and for every number: " + apart);
    }

    private Map<String, Instant> dates(TestGateway gateway, String list) throws Exception {
        Map<String, Instant> dates = new TreeMap<>();
        for (MediaSegment segment : media(gateway, list).mediaSegments()) {
            dates.put(segment.uri(), segment.programDateTime().orElseThrow().toInstant());
        }
        return dates;
    }

    private MediaPlaylist media(TestGateway gateway, String list) throws Exception {
        Path file = folder.resolve("list.m3u8");
        assertEquals("200", Curl.fetch(file, gateway.http(list).toString()), list);
        return new MediaPlaylistParser(ParsingMode.STRICT).readPlaylist(file);
    }

    private static String cmp(Path one, Path other) throws Exception {
        Process cmp = new ProcessBuilder(Requirement.program("cmp").toString(), one.toString(), other.toString())
                .redirectErrorStream(true)
                .start();
        return new String(cmp.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
