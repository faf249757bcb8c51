package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** nginx before the gateway, and curl before nginx: whom does the gateway believe to be asked by, and what may nginx keep? */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class ProxyInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String INSIDE = "127.0.0.2";
    private static final String OUTSIDE = "127.0.0.3";

    private static final String HOPS =
            "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header Forwarded \"\";";
    private static final String CACHE = "proxy_cache kept; proxy_cache_revalidate on; proxy_cache_lock on;"
            + " add_header X-Cache-Status $upstream_cache_status;";

    @TempDir
    Path folder;

    @Test
    void whoAsksThroughNginxIsKnownByHisOwnAddress() throws Exception {
        Path file = Files.writeString(
                folder.resolve("lancaster.yaml"),
                "http: { trusted-proxies: 127.0.0.1 }\n"
                        + "streams:\n  \"live/*\": { key: none, viewing: { addresses: [" + INSIDE
                        + "] }, hls: { segment: 1s } }\n");
        try (TestGateway gateway = TestGateway.of(folder, file);
                PublishedCard card = new PublishedCard(gateway, "live/card")) {
            String list = card.path() + ".m3u8";
            try (NginxProxy nginx = new NginxProxy(folder, gateway.http("").toString(), "", HOPS)) {
                String front = nginx.url("");
                Eventually.holds("who may sees it", PATIENCE, () -> curl(INSIDE, front + list)
                        .equals("200"));
                assertEquals("403", curl(OUTSIDE, front + list));
                // nginx adds to what its client sent; behind a proxy one may claim nothing, and without one neither.
                assertEquals("403", curl(OUTSIDE, front + list, "--header", "X-Forwarded-For: " + INSIDE));
                String direct = gateway.http(list).toString();
                assertEquals("403", curl(OUTSIDE, direct, "--header", "X-Forwarded-For: " + INSIDE));
                assertEquals("200", curl(INSIDE, direct));
            }
        }
    }

    /** The status of what is answered to {@code from}. */
    private static String curl(String from, String url, String... more) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Requirement.program("curl").toString(), "--silent"));
        command.addAll(List.of("--interface", from, "--max-time", "20", "--output", "/dev/null"));
        command.addAll(List.of("--write-out", "%{http_code}", url));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), url);
        return said;
    }

    @Test
    void nginxKeepsWhatItMayAndNoLonger() throws Exception {
        try (TestGateway gateway = new TestGateway(folder, "streams.\"*/*\".hls.segment=1s");
                PublishedCard card = new PublishedCard(gateway, "live/card");
                NginxProxy nginx = new NginxProxy(
                        folder,
                        gateway.http("").toString(),
                        "proxy_cache_path " + folder.resolve("kept") + " keys_zone=kept:1m;",
                        CACHE)) {
            String list = nginx.url(card.path() + "/ts/video.m3u8");
            Path body = folder.resolve("list");
            Eventually.holds(
                    "segments",
                    PATIENCE,
                    () -> number(gateway.http(card.path() + "/ts/video.m3u8").toString(), body) >= 2);
            int number = number(list, body);
            String segment = card.path() + "/ts/" + number + ".ts";
            assertEquals("MISS", cached(nginx.url(segment)));
            assertEquals("HIT", cached(nginx.url(segment)));
            Path far = folder.resolve("far");
            Path near = folder.resolve("near");
            Curl.fetch(far, nginx.url(segment));
            Curl.fetch(near, gateway.http(segment).toString());
            assertEquals(-1, Files.mismatch(far, near));
            // Who asks for a part gets it out of what is kept.
            assertEquals("206", Curl.fetch(far, nginx.url(segment), "--range", "188-375"));
            assertEquals(188, Files.size(far));

            Eventually.holds(
                    "a list is kept for others", PATIENCE, () -> cached(list).equals("HIT"));
            Eventually.holds("but not for longer than it is true", PATIENCE, () -> !cached(list)
                    .equals("HIT"));
            Eventually.holds("who watches through nginx gets on", PATIENCE, () -> number(list, body) > number + 1);
            int newest = number(list, body);
            int there = number(gateway.http(card.path() + "/ts/video.m3u8").toString(), body);
            assertTrue(there - newest <= 2, () -> newest + " by nginx, " + there + " there");
        }
    }

    /** The newest segment of a list; -1 where it has none. */
    private static int number(String list, Path body) throws Exception {
        return Curl.fetch(body, list).equals("200")
                ? Files.readAllLines(body).stream()
                        .filter(line -> line.endsWith(".ts"))
                        .mapToInt(line -> Integer.parseInt(line.replace(".ts", "")))
                        .max()
                        .orElse(-1)
                : -1;
    }

    private static String cached(String url) throws Exception {
        return Curl.header(Curl.run("--dump-header", "-", "--output", "/dev/null", url), "X-Cache-Status");
    }
}
