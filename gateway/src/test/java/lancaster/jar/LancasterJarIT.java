package lancaster.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tests on the class path can't see: whether packing lost a service file, a resource or a native library. */
class LancasterJarIT {
    @TempDir
    Path folder;

    private Process lancaster(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target", "lancaster.jar").toAbsolutePath().toString()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void tellsItsVersion() throws Exception {
        Process process = lancaster("--version");
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), said);
        assertTrue(said.contains("0.1.0"), said);
    }

    /** Listeners, pages, player and a stream that is encoded, published and packaged, all out of the one file. */
    @Test
    void demoServesItsTestCard() throws Exception {
        Process process = lancaster("demo", "--set", "rtmp.listen=127.0.0.1:0", "--set", "http.listen=127.0.0.1:0");
        try (BufferedReader out = process.inputReader()) {
            String http = "";
            StringBuilder said = new StringBuilder();
            for (String line = out.readLine(); line != null && !line.equals("ready"); line = out.readLine()) {
                said.append(line).append('\n');
                http = line.startsWith("listening http=") ? line.substring("listening http=".length()) : http;
            }
            assertTrue(!http.isEmpty(), said.toString());
            assertTrue(get(http, "/").contains("<title>"), "the list page");
            assertTrue(get(http, "/live/testcard").contains("<video"), "the watch page");
            assertTrue(get(http, "/ui/hls.js").contains("Hls"), "the player");
            assertTrue(get(http, "/streams.json").contains("live/testcard"), "what is live");
            assertTrue(process.isAlive());
            process.destroy();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String get(String http, String path) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + http + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), path);
        return response.body();
    }
}
