package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lancaster.kit.Program;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Names of peers that scripts of curl and clients of MonaSolutions/librtmfp register: the one finds what the other did. It
 * calls over its connection without asking for an answer ({@code librtmfp.py}); the folder with its library is in
 * {@code LANCASTER_LIBRTMFP}, and without it those tests are skipped.
 */
@Tag("interop")
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class DirectoryInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PEER = "0f".repeat(32);
    private static final String OTHER = "1e".repeat(32);

    @TempDir
    Path folder;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway(folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void curlRegistersLooksUpAndForgetsNames() throws Exception {
        assertEquals("404", status("peers/anna"));
        assertEquals("200", put("anna", PEER, 300));
        assertEquals(PEER, peerId("anna"));
        assertEquals("200", put("anna", OTHER, 300), "its own name is its to change");
        assertEquals(OTHER, peerId("anna"));
        assertEquals("1", jq("peers", ".peers | length"));
        assertEquals("204", status("peers/anna", "--request", "DELETE"));
        assertEquals("404", status("peers/anna"));
        assertEquals("404", status("peers/anna", "--request", "DELETE"));
        assertEquals("422", put("anna", "0f", 300));
        assertEquals("422", put("n".repeat(129), PEER, 300));
    }

    @Test
    void aNameThatCurlDoesntRenewIsGone() throws Exception {
        assertEquals("200", put("brief", PEER, 1));
        assertEquals("200", put("long", PEER, 300));
        Eventually.holds("it expires", PATIENCE, () -> status("peers/brief").equals("404"));
        assertEquals("long", jq("peers", ".peers[].name"));
    }

    @Test
    void curlWithoutATokenIsRefused() throws Exception {
        String url = gateway.http("api/v1/peers/anna").toString();
        String body = "{\"peerId\":\"" + PEER + "\"}";
        assertEquals("401", code("--request", "PUT", "--data", body, url));
        assertEquals("401", code(url));
        assertEquals("401", code("--request", "DELETE", url));
        assertEquals("401", code("--header", "Authorization: Bearer wrong", "--request", "PUT", "--data", body, url));
        assertEquals("0", jq("peers", ".peers | length"));
    }

    @Test
    void whatLibrtmfpRegistersCurlFindsUntilItUnregisters() throws Exception {
        try (Librtmfp client = new Librtmfp()) {
            client.order("call registerPeer anna 60");
            Eventually.holds(
                    "it is registered", PATIENCE, () -> status("peers/anna").equals("200"));
            String peerId = peerId("anna");
            assertTrue(peerId.matches("[0-9a-f]{64}"), peerId);
            assertEquals(
                    "true",
                    jq("peers/anna", "(.until | sub(\"\\\\.[0-9]+\"; \"\") | fromdate) - now | . > 0 and . < 301"));
            double lookups = lookups();
            client.order("call lookupPeer anna");
            Eventually.holds("it is looked up", PATIENCE, () -> lookups() > lookups);
            try (Librtmfp other = new Librtmfp()) {
                other.order("call registerPeer anna 60");
                other.order("call unregisterPeer anna");
                other.order("call registerPeer bob 60");
                Eventually.holds("bob too", PATIENCE, () -> status("peers/bob").equals("200"));
                assertNotEquals(peerId, peerId("bob"));
                assertEquals(peerId, peerId("anna"), "who has it keeps it");
                assertEquals("409", put("anna", PEER, 60), "against whoever manages the box too");
            }
            client.order("call unregisterPeer anna");
            Eventually.holds(
                    "it is forgotten", PATIENCE, () -> status("peers/anna").equals("404"));
        }
    }

    @Test
    void whatLibrtmfpRegisteredEndsWithItsConnection() throws Exception {
        try (Librtmfp client = new Librtmfp()) {
            client.order("call registerPeer anna");
            client.order("call registerPeer bertha");
            Eventually.holds("both are registered", PATIENCE, () -> jq("peers", ".peers | length")
                    .equals("2"));
            client.end();
            Eventually.holds("both are gone", PATIENCE, () -> jq("peers", ".peers | length")
                    .equals("0"));
        }
    }

    /** A connection that calls what it is told to. */
    private final class Librtmfp implements AutoCloseable {
        private final Process process;
        private final BufferedReader said;
        private final Writer orders;

        Librtmfp() throws IOException {
            Path library = Requirement.peer("LANCASTER_LIBRTMFP", "lib/librtmfp.so");
            Path script = Files.createTempFile(folder, "librtmfp", ".py");
            try (InputStream its = Objects.requireNonNull(DirectoryInterop.class.getResourceAsStream("librtmfp.py"))) {
                Files.write(script, its.readAllBytes());
            }
            process = new ProcessBuilder(
                            Requirement.program("python3").toString(),
                            script.toString(),
                            library.toString(),
                            "rtmfp://127.0.0.1:" + gateway.port("rtmfp") + "/live")
                    .redirectError(folder.resolve("librtmfp.err").toFile())
                    .start();
            said = process.inputReader(StandardCharsets.UTF_8);
            orders = process.outputWriter(StandardCharsets.UTF_8);
            assertEquals("connected", said.readLine());
        }

        void order(String order) throws IOException {
            tell(order);
            assertEquals("1", said.readLine(), order);
        }

        void end() throws IOException {
            tell("end");
            assertEquals("closed", said.readLine());
        }

        private void tell(String line) throws IOException {
            orders.write(line + "\n");
            orders.flush();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    private String put(String name, String peerId, int validSeconds) throws Exception {
        String body = "{\"peerId\":\"" + peerId + "\",\"validSeconds\":" + validSeconds + "}";
        return status("peers/" + name, "--request", "PUT", "--data", body);
    }

    private String peerId(String name) throws Exception {
        return jq("peers/" + name, ".peerId");
    }

    private String jq(String path, String filter) throws Exception {
        List<String> arguments = authorized();
        arguments.add(gateway.http("api/v1/" + path).toString());
        return Program.given(curl(arguments), "jq", "--raw-output", filter).strip();
    }

    private String status(String path, String... more) throws Exception {
        List<String> arguments = authorized();
        arguments.addAll(List.of(more));
        arguments.add(gateway.http("api/v1/" + path).toString());
        return code(arguments.toArray(String[]::new));
    }

    private static String code(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--output", "/dev/null", "--write-out", "%{http_code}"));
        all.addAll(List.of(arguments));
        return curl(all);
    }

    private static String curl(List<String> arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--silent", "--show-error", "--max-time", "60"));
        all.addAll(arguments);
        return Program.says("curl", all.toArray(String[]::new));
    }

    private List<String> authorized() throws IOException {
        return new ArrayList<>(List.of("--header", "Authorization: " + gateway.authorization()));
    }

    private double lookups() throws Exception {
        String name = "lancaster_directory_lookups_total ";
        return new String(gateway.get("metrics").body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }
}
