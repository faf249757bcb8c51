package lancaster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, as a newcomer starts it: in a process of its own. */
class DemoCommandTest {
    @TempDir
    Path folder;

    private Process demo(String rtmpListen, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo",
                "--set",
                "rtmp.listen=" + rtmpListen,
                "--set",
                "http.listen=127.0.0.1:0"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Test
    void publishesTheTestCardSaysWhatToOpenAndKeepsNothing() throws Exception {
        Process demo = demo("127.0.0.1:0", "--multicast", "127.0.0.1");
        try {
            List<String> lines = new ArrayList<>();
            BufferedReader out = demo.inputReader();
            for (String line = out.readLine(); line != null && !line.equals("ready"); line = out.readLine()) {
                lines.add(line);
            }
            String said = String.join("\n", lines);
            assertTrue(said.contains("listening rtmp=127.0.0.1:"), said);
            String page = find(said, "Watch it +(http://127.0.0.1:\\d+/live/testcard)\n");
            assertTrue(find(said, "Server +(rtmp://127.0.0.1:\\d+/live)\n").endsWith("/live"));
            assertTrue(find(said, "Stream Key +(studio\\?key=\\S+)\n").length() > 20);
            assertEquals(
                    "239.255.235.207:5004",
                    find(said, "vlc --miface=lo rtp://@(\\S+)\n"),
                    "the group of the plan, on loopback");
            HttpResponse<String> streams = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(page).resolve("/streams.json"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertTrue(streams.body().contains("\"live/testcard\""), streams.body());

            demo.destroy();
            assertTrue(demo.waitFor(30, TimeUnit.SECONDS));
            assertEquals(ExitCode.OK, demo.exitValue());
            try (Stream<Path> left = Files.list(folder)) {
                assertFalse(left.anyMatch(file -> file.getFileName().toString().startsWith("lancaster")));
            }
        } finally {
            demo.destroyForcibly().waitFor();
        }
    }

    @Test
    void anInterfaceThatIsNotThereIsToldBeforeAnythingStarts() throws Exception {
        Process demo = demo("127.0.0.1:0", "--multicast", "eth77");
        String said = new String(demo.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(ExitCode.USAGE, demo.waitFor(), said);
        assertTrue(said.startsWith("lancaster: there is no interface eth77; there is lo (127.0.0.1"), said);
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), () -> pattern + " in\n" + text);
        return matcher.group(1);
    }

    @Test
    void tellsWhoHasThePortAndHowToChooseAnother() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process demo = demo("127.0.0.1:" + taken.getLocalPort());
            String said = new String(demo.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertEquals(ExitCode.UNAVAILABLE, demo.waitFor(), said);
            assertTrue(said.contains("" + ProcessHandle.current().pid()), said);
            assertTrue(said.contains("--set rtmp.listen="), said);
        }
    }
}
