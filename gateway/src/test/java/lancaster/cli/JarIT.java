package lancaster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped: what it says, how it ends. */
@Timeout(60)
class JarIT {
    private static final Path JAR = Path.of("target/lancaster.jar").toAbsolutePath();

    @TempDir
    Path folder;

    private record Ended(int exitCode, String out, String err) {}

    @Test
    void saysItsVersion() throws Exception {
        Ended ended = run("--version");
        assertEquals(0, ended.exitCode());
        assertTrue(ended.out().matches("lancaster \\d+\\.\\d+\\.\\d+\\S*\n"), ended.out());
    }

    @Test
    void explainsItself() throws Exception {
        Ended ended = run("--help");
        assertEquals(0, ended.exitCode());
        for (String command : List.of("run", "demo", "publish", "check", "key")) {
            assertTrue(ended.out().contains("\n  " + command + " "), command + " is missing in\n" + ended.out());
        }
        assertTrue(run("run", "--help").out().contains("--state"));
    }

    @Test
    void runsUntilItIsTold() throws Exception {
        Process process = start(gateway("run"));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertTrue(out.readLine().matches("listening rtmp=127\\.0\\.0\\.1:\\d+"));
            String http = out.readLine();
            assertTrue(http.matches("listening http=127\\.0\\.0\\.1:\\d+"), http);
            assertTrue(out.readLine().matches("listening rtmfp=127\\.0\\.0\\.1:\\d+"));
            assertEquals("ready", out.readLine());
            String base = "http://" + http.substring("listening http=".length());
            for (String path : List.of("/readyz", "/", "/ui/hls.js", "/streams.json", "/api/v1/me")) {
                assertEquals(200, status(base + path), path);
            }
            assertEquals(401, status(base + "/api/v1/streams"), "who is that?");
            String key = run("key", "show", "--state", state()).out();
            assertTrue(key.matches("[a-z2-7]{32}\n"), key);
            process.destroy();
            assertEquals(0, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
        assertEquals("", Files.readString(folder.resolve("err")), "nothing to complain of");
    }

    @Test
    void hashesPasswords() throws Exception {
        Process process = start("account", "add", "anna", "--role", "administer", "--stdin", "--state", state());
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write("correct horse battery\n");
        }
        assertEquals(0, process.waitFor(), () -> "all that hashing needs is in the jar");
        assertEquals(
                "anna\tadminister\n", run("account", "list", "--state", state()).out());
    }

    @Test
    void aPortThatIsTakenIsNamedWithItsOwner() throws Exception {
        Process process = start(gateway("run"));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String port = out.readLine().replaceAll(".*:", "");
            String[] again = {
                "run",
                "--state",
                folder.resolve("2").toString(),
                "--runtime",
                folder.resolve("3").toString()
            };
            List<String> command = new ArrayList<>(List.of(again));
            command.addAll(List.of("--set", "rtmp.listen=127.0.0.1:" + port, "--set", "http.listen=127.0.0.1:0"));
            Ended ended = run(command.toArray(String[]::new));
            assertEquals(69, ended.exitCode());
            assertTrue(ended.err().contains("rtmp can't listen on 127.0.0.1:" + port), ended.err());
            assertTrue(ended.err().contains("process " + process.pid()), ended.err());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void stateThatIsInUseIsNotShared() throws Exception {
        Process process = start(gateway("run"));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertTrue(out.readLine().startsWith("listening"));
            Ended ended = run(gateway("run"));
            assertEquals(73, ended.exitCode());
            assertTrue(ended.err().contains("another process"), ended.err());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aWrongConfigurationIsExplainedLineByLine() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "rtmp: { lisen: 1 }\nhttp: { listen: x }\n");
        for (String command : List.of("check", "run")) {
            Ended ended = run(command, "-c", file.toString());
            assertEquals(78, ended.exitCode());
            assertTrue(
                    ended.err().contains(file + ":1: rtmp.lisen: is no known key (did you mean listen?)\n"),
                    ended.err());
            assertTrue(ended.err().contains(file + ":2: http.listen: needs an address"), ended.err());
        }
        assertEquals(0, run("check", "-c", "../systemd/samples/everything.yaml").exitCode());
    }

    @Test
    void aWrongCommandLineIsExplained() throws Exception {
        for (String[] arguments :
                new String[][] {{}, {"rnu"}, {"run", "--no"}, {"check"}, {"key"}, {"key", "show", "a"}}) {
            Ended ended = run(arguments);
            assertEquals(64, ended.exitCode(), String.join(" ", arguments));
            assertTrue(ended.err().contains("Usage:"), ended.err());
            assertFalse(ended.err().contains("\tat "), ended.err());
        }
    }

    @Test
    void keysAreMadeRotatedAndRevoked() throws Exception {
        assertEquals(64, run("key", "show", "--state", state()).exitCode());
        String first = run("key", "create", "--state", state()).out();
        assertEquals(first, run("key", "show", "--state", state()).out());
        assertEquals(64, run("key", "create", "--state", state()).exitCode(), "there is one");
        String second =
                run("key", "rotate", "--grace", "1h", "--state", state()).out();
        String shown = run("key", "show", "--state", state()).out();
        assertTrue(shown.startsWith(second + first.strip() + " until "), shown);
        String own = run("key", "create", "live/a", "--state", state()).out();
        assertEquals(own, run("key", "show", "live/a", "--state", state()).out());
        assertEquals(0, run("key", "revoke", "live/a", "--state", state()).exitCode());
        assertTrue(run("key", "show", "live/a", "--state", state()).err().contains("default key"));
        assertEquals(0, run("key", "revoke", "--state", state()).exitCode());
        assertFalse(Files.exists(folder.resolve("state/keys/default")));
    }

    @Test
    void aKeyThatTheConfigurationKeepsIsRotatedThere() throws Exception {
        Path file = folder.resolve("own.key");
        Path config = Files.writeString(
                folder.resolve("own.yaml"), "streams: { live/a: { key: file:own.key }, live/b: { key: env:B } }\n");
        String made = run("key", "create", "-c", config.toString(), "live/a").out();
        assertEquals(made, Files.readString(file));
        assertEquals(0, run("key", "rotate", "-c", config.toString(), "live/a").exitCode());
        assertTrue(Files.readString(file).contains(made.strip() + " until "));
        assertEquals(78, run("key", "show", "-c", config.toString(), "live/b").exitCode());
    }

    private String state() {
        return folder.resolve("state").toString();
    }

    private String[] gateway(String command) {
        return new String[] {
            command,
            "--state",
            state(),
            "--runtime",
            folder.resolve("segments").toString(),
            "--set",
            "rtmp.listen=127.0.0.1:0",
            "--set",
            "http.listen=127.0.0.1:0"
        };
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        Collections.addAll(command, arguments);
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(folder.resolve("err")));
    }

    private static int status(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
