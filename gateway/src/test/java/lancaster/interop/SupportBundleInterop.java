package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lancaster.access.LocalToken;
import lancaster.cli.Main;
import lancaster.kit.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a supporter gets, opened as he opens it: by unzip, promtool, jq and grep. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class SupportBundleInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What promtool finds to say of names that a library has had for long; DashboardInterop looks closer. */
    private static final int MERE_ADVICE = 3;

    private final Map<String, String> planted = new TreeMap<>();

    @TempDir
    Path folder;

    private String plant(String what) {
        String secret = "planted-" + what + "-0123456789abcdefghijklmnopqrstuvwxyz";
        planted.put(what, secret);
        return secret;
    }

    @Test
    void othersOpenItAndFindNoSecret() throws Exception {
        Path viewing = Files.writeString(folder.resolve("viewing"), plant("viewing-file") + "\n");
        String key = plant("stream-key");
        int port = freePort();
        Path file = Files.writeString(
                folder.resolve("lancaster.yaml"),
                "# " + plant("comment") + "\nhttp: { listen: \"127.0.0.1:" + port + "\" }\n"
                        + "rtmp: { listen: \"127.0.0.1:0\" }\nlog: { level: debug }\nstreams:\n"
                        + "  \"live/*\": { key: " + key + ", viewing: { secret: \"file:" + viewing + "\" } }\n"
                        + "  other/x: { viewing: { secret: " + plant("viewing-literal") + " },"
                        + " republish: \"rtmp://me:" + plant("far-password") + "@127.0.0.1:9/live/x?key="
                        + plant("far-key") + "\" }\n"
                        + "  \"default/*\": {}\n");
        Path state = folder.resolve("state");
        try (TestGateway gateway = TestGateway.on(folder, file);
                TestPublisher publisher = new TestPublisher(folder, gateway.rtmp("live/a?key=" + key));
                TestPublisher wrong = new TestPublisher(folder, gateway.rtmp("live/b?key=" + plant("wrong-key")))) {
            assertEquals("publishing", publisher.next());
            assertEquals("NetStream.Publish.Denied", wrong.next());
            planted.put("local token", LocalToken.read(state.resolve("access")));
            planted.put(
                    "one-time secret",
                    Files.readString(state.resolve("access/one-time-secret")).strip());
            Eventually.holds(
                    "the stream is measured",
                    PATIENCE,
                    () -> gateway.get("api/v1/streams/live/a/history").statusCode() == 200);
            Path zip = folder.resolve("support.zip");
            Program.says(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "support-bundle",
                    "--config",
                    file.toString(),
                    "--state",
                    state.toString(),
                    "--listen",
                    "1s",
                    "--output",
                    zip.toString());
            look(zip);
        }
    }

    private void look(Path zip) throws Exception {
        String tested = Program.says("unzip", "-tq", zip.toString());
        assertTrue(tested.contains("No errors detected"), tested);
        Path opened = folder.resolve("opened");
        Program.says("unzip", "-q", zip.toString(), "-d", opened.toString());
        Program.Ran ran = Program.run(String.join("\n", planted.values()), "grep", "-rFf", "-", opened.toString());
        assertEquals(new Program.Ran(1, ""), ran, "no line has one of " + planted.keySet());
        Path texts;
        try (var folders = Files.list(opened)) {
            texts = folders.findFirst().orElseThrow();
        }
        assertMetrics(Files.readString(texts.resolve("metrics.txt")));
        assertAnswers(Files.readAllLines(texts.resolve("statistics.txt")));
        String listed = Files.readString(texts.resolve("configuration.txt"));
        assertTrue(listed.contains("streams.live/*.key = (hidden)\n"), listed);
        assertTrue(listed.contains("streams.live/*.viewing.secret = file:"), listed);
    }

    private static void assertMetrics(String text) throws Exception {
        int head = text.indexOf('\n');
        assertTrue(text.substring(0, head).endsWith(" 200"), text.substring(0, head));
        Program.Ran ran = Program.run(text.substring(head + 1), "promtool", "check", "metrics");
        assertTrue(ran.exit() == 0 || ran.exit() == MERE_ADVICE, ran.said());
    }

    /** An address and its status, a JSON object, an empty line. */
    private static void assertAnswers(List<String> lines) throws Exception {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("http://")) {
                assertTrue(lines.get(i).endsWith(" 200"), lines.get(i));
                bodies.add(lines.get(i + 1));
            }
        }
        assertEquals(
                String.valueOf(bodies.size()),
                Program.given(String.join("\n", bodies), "jq", "--slurp", "map(objects) | length")
                        .strip());
        assertTrue(bodies.size() >= 8, bodies.size() + " answers");
        assertEquals(
                "live/a",
                Program.given(String.join("\n", bodies), "jq", "-r", ".publications? | arrays | .[] | .stream")
                        .strip());
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
