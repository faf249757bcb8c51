package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * WebKit, the engine of Safari, with an HLS player of its own and no script between: Debian's webkit2gtk-driver drives
 * the MiniBrowser under Xvfb.
 */
@Tag("nightly")
class WebKitInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PLAYED_S = 5;

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"ts", "fmp4"})
    void playsNatively(String format) throws Exception {
        try (TestGateway gateway = new TestGateway(folder, "streams.\"*/*\".hls.segment=2s");
                PublishedCard card = new PublishedCard(gateway, "live/card")) {
            String list = "/" + card.path() + ".m3u8?format=" + format;
            Eventually.holds(
                    "a list", PATIENCE, () -> gateway.get(list.substring(1)).statusCode() == 200);
            int port = freePort();
            Process driver = driver(port);
            try {
                Eventually.holds("the driver listens", PATIENCE, () -> answers(port));
                String session = open(port);
                try {
                    call(
                            port,
                            "POST",
                            session + "/url",
                            Map.of("url", gateway.http("").toString()));
                    run(
                            port,
                            session,
                            "document.body.innerHTML = ''; const video = document.createElement('video');"
                                    + "video.muted = true; video.src = '" + list
                                    + "'; document.body.append(video); video.play();");
                    String video = "return document.querySelector('video')";
                    Eventually.holds(
                            "it plays",
                            PATIENCE,
                            () -> run(port, session, video + ".currentTime").asDouble() > PLAYED_S);
                    assertEquals(480, run(port, session, video + ".videoWidth").asInt());
                    assertEquals(
                            true, run(port, session, video + ".error === null").asBoolean());
                    assertNotEquals(
                            0,
                            run(port, session, video + ".getVideoPlaybackQuality().totalVideoFrames")
                                    .asInt());
                } finally {
                    call(port, "DELETE", session, Map.of());
                }
            } finally {
                driver.descendants().forEach(ProcessHandle::destroy);
                driver.destroy();
                driver.waitFor();
            }
        }
    }

    private Process driver(int port) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Requirement.program("xvfb-run").toString(),
                        "--auto-servernum",
                        Requirement.program("WebKitWebDriver").toString(),
                        "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("driver.log").toFile());
        // Else the port of WebKit to GTK leaves HLS to scripts.
        builder.environment().put("WEBKIT_GST_ENABLE_HLS_SUPPORT", "1");
        builder.environment().put("LIBGL_ALWAYS_SOFTWARE", "1");
        return builder.start();
    }

    private String open(int port) throws Exception {
        Map<String, Object> options = Map.of("binary", miniBrowser().toString(), "args", List.of("--automation"));
        JsonNode made = call(
                port,
                "POST",
                "/session",
                Map.of("capabilities", Map.of("alwaysMatch", Map.of("webkitgtk:browserOptions", options))));
        return "/session/" + made.get("sessionId").asText();
    }

    private static Path miniBrowser() throws Exception {
        try (Stream<Path> files =
                Files.find(Path.of("/usr/lib"), 3, (file, attributes) -> file.endsWith("webkit2gtk-4.1/MiniBrowser"))) {
            return files.findFirst().orElseThrow(() -> Requirement.missing("MiniBrowser of webkit2gtk-driver"));
        }
    }

    private JsonNode run(int port, String session, String script) throws Exception {
        return call(port, "POST", session + "/execute/sync", Map.of("script", script, "args", List.of()));
    }

    private JsonNode call(int port, String method, String path, Map<String, ?> body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return json.readTree(answer.body()).get("value");
    }

    private boolean answers(int port) throws InterruptedException {
        try {
            return call(port, "GET", "/status", Map.of()) != null;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception refused) {
            return false;
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
