package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Playlists and segments as curl gets them, by its own understanding of conditions, ranges and encodings. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class HttpClientsInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** So many looks in a row that show the same. */
    private static final int STILL = 40;

    private static final String STREAMS = "streams.\"*/*\".";

    @TempDir
    static Path folder;

    private static TestGateway gateway;
    private static List<Integer> numbers;

    /** A stream that has ended and lingers: its lists stand still. */
    @BeforeAll
    static void serve() throws Exception {
        gateway = new TestGateway(folder, STREAMS + "hls.segment=1s", STREAMS + "linger=10m");
        try (PublishedCard card = new PublishedCard(gateway, "live/card")) {
            Eventually.holds(
                    "segments of " + card.path(), PATIENCE, () -> numbers().size() >= 3);
        }
        List<List<Integer>> seen = new ArrayList<>();
        Eventually.holds("the lists stand still", PATIENCE, () -> {
            seen.add(numbers());
            int from = seen.size() - STILL;
            return from >= 0 && Set.copyOf(seen.subList(from, seen.size())).size() == 1;
        });
        numbers = numbers();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static List<Integer> numbers() throws Exception {
        String list = new String(gateway.get("live/card/ts/video.m3u8").body(), StandardCharsets.UTF_8);
        return Pattern.compile("(\\d+)\\.ts")
                .matcher(list)
                .results()
                .map((MatchResult match) -> Integer.parseInt(match.group(1)))
                .toList();
    }

    private static String url(String below) {
        return gateway.http("live/card" + below).toString();
    }

    private static String segment() {
        return url("/ts/" + numbers.get(0) + ".ts");
    }

    private static List<String> everything() {
        int number = numbers.get(0);
        return List.of(
                url(".m3u8"),
                url(".m3u8?format=fmp4"),
                url("/ts/video.m3u8"),
                url("/fmp4/video.m3u8"),
                segment(),
                url("/fmp4/" + number + ".m4s"),
                url("/fmp4/init-" + number + ".mp4"));
    }

    @Test
    void headAnnouncesWhatGetBrings() throws Exception {
        for (String url : everything()) {
            Path body = folder.resolve("get");
            assertEquals("200", Curl.fetch(body, url), url);
            String head = Curl.run("--head", "--fail", url);
            assertEquals(Long.toString(Files.size(body)), Curl.header(head, "Content-Length"), url);
            assertTrue(Curl.header(head, "Cache-Control").matches("max-age=[1-9]\\d*"), head);
            assertEquals("*", Curl.header(head, "Access-Control-Allow-Origin"), url);
        }
        assertTrue(age(segment()) > age(url("/ts/video.m3u8")), "segments may be kept for longer");
    }

    private static int age(String url) throws Exception {
        return Integer.parseInt(
                Curl.header(Curl.run("--head", url), "Cache-Control").replaceFirst("max-age=", ""));
    }

    @Test
    void aPreflightAllowsRangesFromElsewhere() throws Exception {
        String answer = Curl.run(
                "--include",
                "--request",
                "OPTIONS",
                "--header",
                "Origin: https://intranet.example",
                "--header",
                "Access-Control-Request-Method: GET",
                "--header",
                "Access-Control-Request-Headers: range",
                segment());
        assertTrue(answer.startsWith("HTTP/1.1 204"), answer);
        assertEquals("*", Curl.header(answer, "Access-Control-Allow-Origin"));
        assertTrue(Curl.header(answer, "Access-Control-Allow-Methods").contains("GET"), answer);
        assertTrue(Curl.header(answer, "Access-Control-Allow-Headers").contains("Range"), answer);
    }

    @Test
    void compressedListsAreTheSameBytes() throws Exception {
        Path plain = folder.resolve("plain");
        Path unpacked = folder.resolve("unpacked");
        for (String url : everything()) {
            Curl.fetch(plain, url);
            Curl.fetch(unpacked, url, "--compressed");
            assertEquals(-1, Files.mismatch(plain, unpacked), url);
            String head = Curl.run("--head", "--compressed", url);
            assertEquals(url.contains(".m3u8") ? "gzip" : "", Curl.header(head, "Content-Encoding"), url);
        }
    }

    @Test
    void whatIsKnownByItsTagOrItsTimeIsNotSentAgain() throws Exception {
        Path body = folder.resolve("body");
        Path tag = folder.resolve("tag");
        for (String url : everything()) {
            assertEquals("200", Curl.fetch(body, url, "--etag-save", tag.toString()), url);
            byte[] before = Files.readAllBytes(body);
            assertEquals("304", Curl.fetch(body, url, "--etag-compare", tag.toString()), url);
            assertEquals("200", Curl.fetch(body, url, "--header", "If-None-Match: \"other\""), url);
            assertEquals(-1, mismatch(before, body), url);
        }
        assertEquals("200", Curl.fetch(body, segment(), "--remote-time"));
        Path nothing = folder.resolve("nothing");
        assertEquals("304", Curl.fetch(nothing, segment(), "--time-cond", body.toString()));
        assertEquals("200", Curl.fetch(nothing, segment(), "--time-cond", "1 Jan 2020"));
    }

    private static long mismatch(byte[] bytes, Path file) throws IOException {
        return Files.mismatch(Files.write(folder.resolve("bytes"), bytes), file);
    }

    @Test
    void aDownloadIsResumed() throws Exception {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        Curl.fetch(whole, segment());
        assertEquals("206", Curl.fetch(parts, segment(), "--range", "0-999"));
        assertEquals(1_000, Files.size(parts));
        assertEquals("206", Curl.fetch(parts, segment(), "--continue-at", "-"));
        assertEquals(-1, Files.mismatch(whole, parts));
        Path end = folder.resolve("end");
        assertEquals("206", Curl.fetch(end, segment(), "--range", "-188"));
        assertEquals(188, Files.size(end));
        assertEquals("416", Curl.fetch(end, segment(), "--range", Files.size(whole) + "-"));
        // Several parts at once are more than a server needs to know: it may send all (RFC 9110 §14.2).
        assertEquals("200", Curl.fetch(end, segment(), "--range", "0-99,200-299"));
        assertEquals(-1, Files.mismatch(whole, end));
    }

    @Test
    void theBoxIsWellAndReady() throws Exception {
        for (String address : List.of("healthz", "readyz")) {
            Path body = folder.resolve(address);
            assertEquals("200", Curl.fetch(body, gateway.http(address).toString()), address);
        }
    }
}
