package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lancaster.bytes.Bytes;
import lancaster.hdscheck.CheckedBootstrap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A gateway that is killed, or told to stop, goes on where it was when it is started again. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class RestartInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] SETTINGS = {"streams.\"live/*\".key=none", "streams.\"live/*\".hls.segment=1s"};

    private static final String FRAMES = "document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void afterAKillNumbersAndTimesGoOn() throws Exception {
        List<Long> before;
        Instant endBefore;
        try (ChildGateway gateway = new ChildGateway(folder, SETTINGS);
                TestPublisher publisher = new TestPublisher(folder, gateway.rtmp("live/a"))) {
            assertEquals("publishing", publisher.next());
            awaitSegments(gateway, 4);
            before = numbers(gateway);
            endBefore = times(gateway).get(before.size() - 1);
            gateway.kill();
        }
        assertTrue(Files.exists(folder.resolve("state/timeline/live/a.json")));
        try (ChildGateway gateway = new ChildGateway(folder, SETTINGS);
                TestPublisher publisher = new TestPublisher(folder, gateway.rtmp("live/a"))) {
            assertEquals("publishing", publisher.next());
            awaitSegments(gateway, 3);
            long last = before.get(before.size() - 1);
            assertTrue(numbers(gateway).get(0) > last, () -> "no number twice: " + last);
            assertTrue(times(gateway).get(0).isAfter(endBefore), "no time twice");
            assertEquals(numbers(gateway).get(0), firstFragment(gateway), "HDS has the same numbers");
            int status = get(gateway.http("live/a/ts/" + last + ".ts")).statusCode();
            assertTrue(status == 404 || status == 410, "what was served before the kill is gone: " + status);
        }
    }

    @Test
    void whenToldToStopItIsGoneWithinFiveSecondsAndLosesNoNumber() throws Exception {
        List<Long> before;
        try (ChildGateway gateway = new ChildGateway(folder, SETTINGS);
                TestPublisher publisher = new TestPublisher(folder, gateway.rtmp("live/a"))) {
            assertEquals("publishing", publisher.next());
            awaitSegments(gateway, 3);
            before = numbers(gateway);
            long toldNs = System.nanoTime();
            assertEquals(0, gateway.terminate());
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - toldNs);
            assertTrue(tookMs < 5_000, "took " + tookMs + " ms");
        }
        try (ChildGateway gateway = new ChildGateway(folder, SETTINGS);
                TestPublisher publisher = new TestPublisher(folder, gateway.rtmp("live/a"))) {
            assertEquals("publishing", publisher.next());
            awaitSegments(gateway, 1);
            long next = numbers(gateway).get(0);
            long last = before.get(before.size() - 1);
            assertTrue(next > last && next <= last + 3, () -> next + " follows " + last + " and what was open");
        }
    }

    /** Its player, hls.js, gets over the time without a gateway and asks for nothing that was there before. */
    @Test
    void aBrowserPlaysOnBehindAKillAndNumbersNeverGoBack() throws Exception {
        try (Chromium chromium = new Chromium()) {
            Tab tab = chromium.open();
            String sameAddress;
            long last;
            try (ChildGateway gateway = new ChildGateway(folder, SETTINGS);
                    TestPublisher publisher = new TestPublisher(folder, gateway.rtmp("live/a"))) {
                assertEquals("publishing", publisher.next());
                awaitSegments(gateway, 3);
                sameAddress = "http.listen=" + URI.create(gateway.http("")).getAuthority();
                tab.go(gateway.http("live/a"));
                tab.waitUntil(FRAMES + " > 25", 60);
                gateway.kill();
            }
            int askedBefore = tab.requests().size();
            last = segmentsAskedFor(tab, 0).mapToLong(number -> number).max().orElseThrow();
            try (ChildGateway gateway = new ChildGateway(folder, with(sameAddress));
                    TestPublisher publisher = new TestPublisher(folder, gateway.rtmp("live/a"))) {
                assertEquals("publishing", publisher.next());
                awaitSegments(gateway, 1);
                long first = numbers(gateway).get(0);
                Eventually.holds(
                        "the browser asks on",
                        PATIENCE,
                        () -> segmentsAskedFor(tab, askedBefore)
                                        .filter(number -> number > last)
                                        .count()
                                >= 3);
                tab.waitUntil(FRAMES + " > 25 && !document.querySelector('video').paused", 60);
                List<Long> since = segmentsAskedFor(tab, askedBefore)
                        .filter(number -> number > last)
                        .toList();
                assertTrue(since.get(0) >= first, () -> since + " of a list from " + first + " on");
                assertEquals(since.stream().sorted().toList(), since);
            }
        }
    }

    private static String[] with(String setting) {
        return Stream.concat(Stream.of(SETTINGS), Stream.of(setting)).toArray(String[]::new);
    }

    /** The numbers, in the order of asking, behind so many requests. */
    private static Stream<Long> segmentsAskedFor(Tab tab, int from) {
        List<String> requests = tab.requests();
        return requests.subList(from, requests.size()).stream()
                .map(Pattern.compile("/ts/(\\d+)\\.ts")::matcher)
                .filter(Matcher::find)
                .map(number -> Long.parseLong(number.group(1)));
    }

    private void awaitSegments(ChildGateway gateway, int count) throws Exception {
        Eventually.holds(count + " segments", PATIENCE, () -> numbers(gateway).size() >= count);
    }

    private List<Long> numbers(ChildGateway gateway) throws Exception {
        return find(gateway, "(\\d+)\\.ts").map(Long::parseLong).toList();
    }

    private List<Instant> times(ChildGateway gateway) throws Exception {
        return find(gateway, "PROGRAM-DATE-TIME:(.*)").map(Instant::parse).toList();
    }

    private long firstFragment(ChildGateway gateway) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.http("live/a/hds/stream.abst")))
                .timeout(PATIENCE)
                .build();
        byte[] table =
                client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        return CheckedBootstrap.read(Bytes.wrap(table)).fragments().get(0).number();
    }

    private Stream<String> find(ChildGateway gateway, String pattern) throws Exception {
        String list = get(gateway.http("live/a/ts/video.m3u8")).body();
        return Pattern.compile(pattern).matcher(list).results().map(result -> result.group(1));
    }

    private HttpResponse<String> get(String address) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
