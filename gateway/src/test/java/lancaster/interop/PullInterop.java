package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import lancaster.interop.FarEnd.Manner;
import lancaster.kit.Ffmpeg;
import lancaster.pull.PullStats;
import lancaster.pull.PullStats.State;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are fetched: from nginx by RTMP, from ffmpeg's HLS and our own, and from servers that are no good. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class PullInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final StreamPath STREAM = StreamPath.parse("live/in");

    @TempDir
    Path folder;

    @Test
    void whatNginxPlaysIsServedAndItsRestartIsOutlived() throws Exception {
        try (NginxServer nginx = new NginxServer(folder);
                TestGateway gateway = gateway(nginx.url("live/card"))) {
            Process encoder = encode(folder.resolve("encoder.log"), List.of("-f", "flv", nginx.url("live/card")));
            try {
                awaitSegments(gateway, 2);
                LiveCheck check = new LiveCheck(gateway, "live/in.m3u8", "ts");
                awaitSegments(gateway, 4);
                check.assertClean(2);
            } finally {
                encoder.destroyForcibly().waitFor();
            }
            nginx.kill();
            await(gateway, State.WAITING);
            nginx.restart();
            encoder = encode(folder.resolve("again.log"), List.of("-f", "flv", nginx.url("live/card")));
            try {
                await(gateway, State.LIVE);
                assertEquals(2, stats(gateway).successes());
                String list = text(gateway, "live/in/ts/video.m3u8");
                int segments = list.split("#EXTINF", -1).length;
                awaitSegments(gateway, segments + 1);
            } finally {
                encoder.destroyForcibly().waitFor();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"mpegts, ts", "fmp4, m4s"})
    void whatFfmpegWritesAsHlsIsServed(String type, String ending) throws Exception {
        Path site = Files.createDirectory(folder.resolve("site"));
        List<String> hls = new ArrayList<>(List.of("-f", "hls", "-hls_time", "1", "-hls_list_size", "6"));
        hls.addAll(List.of("-hls_flags", "delete_segments+independent_segments", "-hls_segment_type", type));
        hls.addAll(List.of("-hls_segment_filename", site.resolve("%d." + ending).toString()));
        hls.add(site.resolve("live.m3u8").toString());
        HttpServer server = serve(site);
        Process encoder = encode(folder.resolve("encoder.log"), hls);
        try (TestGateway gateway = gateway(address(server, "live.m3u8"))) {
            awaitSegments(gateway, 2);
            LiveCheck check = new LiveCheck(gateway, "live/in.m3u8", "fmp4");
            awaitSegments(gateway, 5);
            check.assertClean(2);
        } finally {
            encoder.destroyForcibly().waitFor();
            server.stop(0);
        }
    }

    /** Each segment by a vector of its own, and the key changed on the way. */
    @Test
    void whatFfmpegEncryptsIsServedInTheClear() throws Exception {
        Path site = Files.createDirectory(folder.resolve("site"));
        HttpServer server = serve(site);
        Path info = folder.resolve("key-info");
        Files.write(site.resolve("a.key"), HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
        Files.writeString(info, "a.key\n" + site.resolve("a.key") + "\n");
        List<String> hls = new ArrayList<>(List.of("-f", "hls", "-hls_time", "1", "-hls_list_size", "6"));
        hls.addAll(List.of("-hls_flags", "delete_segments+periodic_rekey", "-hls_key_info_file", info.toString()));
        hls.addAll(List.of("-hls_segment_filename", site.resolve("%d.ts").toString()));
        hls.add(site.resolve("live.m3u8").toString());
        Process encoder = encode(folder.resolve("encoder.log"), hls);
        try (TestGateway gateway = gateway(address(server, "live.m3u8"))) {
            awaitSegments(gateway, 2);
            Files.write(site.resolve("b.key"), HexFormat.of().parseHex("f0e0d0c0b0a090807060504030201000"));
            Files.writeString(info, "b.key\n" + site.resolve("b.key") + "\n");
            Eventually.holds("the key is another", PATIENCE, () -> Files.readString(site.resolve("live.m3u8"))
                    .contains("b.key"));
            int before = text(gateway, "live/in/ts/video.m3u8").split("#EXTINF", -1).length;
            LiveCheck check = new LiveCheck(gateway, "live/in.m3u8", "ts");
            awaitSegments(gateway, before + 3);
            check.assertClean(2);
            assertEquals(1, stats(gateway).successes());
        } finally {
            encoder.destroyForcibly().waitFor();
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts", "fmp4"})
    void anotherLancastersHlsIsFollowedThroughItsEncodersReconnect(String format) throws Exception {
        try (TestGateway origin =
                new TestGateway(Files.createDirectory(folder.resolve("origin")), "streams.\"*/*\".hls.segment=1s")) {
            String url = origin.http("live/card.m3u8?format=" + format).toString();
            try (TestGateway gateway = gateway(url)) {
                try (PublishedCard card = new PublishedCard(origin, "live/card")) {
                    awaitSegments(gateway, 3);
                    assertEquals("live/card", card.path());
                }
                try (PublishedCard card = new PublishedCard(origin, "live/card")) {
                    int before = text(gateway, "live/in/ts/video.m3u8").split("#EXTINF", -1).length;
                    awaitSegments(gateway, before + 2);
                    assertEquals(State.LIVE, stats(gateway).state());
                    assertEquals("live/card", card.path());
                }
            }
        }
    }

    @Test
    void serversThatAreNoGoodAreTriedAgainAndSaidWhy() throws Exception {
        try (FarEnd silent = new FarEnd(Manner.SILENT);
                FarEnd babbles = new FarEnd(Manner.BABBLES);
                FarEnd resets = new FarEnd(Manner.RESETS);
                NginxServer nginx = new NginxServer(folder)) {
            String http = resets.url("live.m3u8").replace("rtmp:", "http:");
            Path file = folder.resolve("lancaster.yaml");
            Files.writeString(
                    file,
                    "streams:\n  live/in: { source: \"" + silent.url("live/a") + "\" }\n  live/b: { source: \""
                            + babbles.url("live/b") + "\" }\n  live/c: { source: \"" + nginx.url("live/nobody")
                            + "\" }\n  live/d: { source: \"" + http + "\" }\n");
            try (TestGateway gateway = TestGateway.of(folder, file)) {
                for (String path : List.of("live/in", "live/b", "live/c", "live/d")) {
                    StreamPath stream = StreamPath.parse(path);
                    Eventually.holds(
                            path + " says why",
                            PATIENCE,
                            () -> gateway.pulled(stream).attempts() >= 2);
                }
                assertEquals("no consent to play for 10 s", reason(gateway, "live/in"));
                assertTrue(reason(gateway, "live/b").contains("version"), reason(gateway, "live/b"));
                assertTrue(reason(gateway, "live/c").contains("does anybody publish"), reason(gateway, "live/c"));
                assertTrue(reason(gateway, "live/d").contains("can't be fetched"), reason(gateway, "live/d"));
            }
        }
    }

    private static String reason(TestGateway gateway, String path) {
        return gateway.pulled(StreamPath.parse(path)).reason().orElse("");
    }

    private TestGateway gateway(String source) throws Exception {
        Path file = folder.resolve("lancaster.yaml");
        Files.writeString(
                file, "streams:\n  live/in: { source: \"" + source + "\", hls: { segment: 1s, window: 100 } }\n");
        return TestGateway.of(folder, file);
    }

    private static PullStats stats(TestGateway gateway) {
        return gateway.pulled(STREAM);
    }

    private static void await(TestGateway gateway, State state) throws Exception {
        Eventually.holds("it is " + state, PATIENCE, () -> stats(gateway).state() == state);
    }

    private static void awaitSegments(TestGateway gateway, int segments) throws Exception {
        Eventually.holds(
                segments + " segments",
                PATIENCE,
                () -> text(gateway, "live/in/ts/video.m3u8").split("#EXTINF", -1).length > segments);
    }

    private static String text(TestGateway gateway, String path) throws Exception {
        return new String(gateway.get(path).body(), StandardCharsets.UTF_8);
    }

    private static Process encode(Path log, List<String> output) {
        List<String> arguments = new ArrayList<>(List.of("-v", "warning", "-re", "-f", "lavfi"));
        arguments.addAll(List.of("-i", "testsrc2=size=320x180:rate=25", "-re", "-f", "lavfi"));
        arguments.addAll(List.of("-i", "sine=frequency=440:sample_rate=48000", "-c:v", "libx264"));
        arguments.addAll(List.of("-preset", "ultrafast", "-bf", "2", "-g", "25", "-pix_fmt", "yuv420p"));
        arguments.addAll(List.of("-b:v", "300k", "-c:a", "aac", "-b:a", "64k"));
        arguments.addAll(output);
        return Ffmpeg.startFfmpeg(log, arguments);
    }

    private static HttpServer serve(Path site) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = site.resolve(exchange.getRequestURI().getPath().substring(1));
            if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                byte[] bytes = Files.readAllBytes(file);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String address(HttpServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path)
                .toString();
    }
}
