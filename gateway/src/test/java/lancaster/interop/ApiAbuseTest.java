package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lancaster.api.SchemaCheck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad values of every kind for everything that the description of the API takes: the answer is a problem that says so,
 * never a mistake of the gateway's own and never silence.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiAbuseTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GOOD = "keyed/townhall";
    private static final List<String> BAD_STREAMS = List.of(
            "x",
            "live/..",
            ".hidden/x",
            "live/%00",
            "live/%20x",
            "live/%3Cscript%3E",
            "live/%C3%A4",
            "live/ts",
            "live/a%5Cb",
            "live/%252e%252e",
            "a/b/c/d/e/f/g/h/i/j",
            "live/" + "x".repeat(101),
            "x/".repeat(2_000) + "x");
    private static final List<String> NO_NUMBERS =
            List.of("", "x", "-1", "1.5", "1e3", "0x10", " 1", "99999999999999999999", "٣", "null", "true", "%00");
    private static final List<String> NO_OBJECTS = List.of(
            "x",
            "[]",
            "1",
            "\"{}\"",
            "null",
            "{",
            "{\"a\":",
            "{} {}",
            "{'a': 1}",
            "{a: 1}",
            "- a",
            "\u0000",
            "[".repeat(5_000),
            "{\"a\":".repeat(5_000));

    private TestGateway gateway;
    private JsonNode document;
    private SchemaCheck schemas;
    private final List<String> faults = new ArrayList<>();
    private int asked;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = new TestGateway(folder, "streams.\"keyed/*\".hls.window=5");
        document = JSON.readTree(gateway.get("api/v1/openapi.json").body());
        schemas = new SchemaCheck(document);
        assertEquals(201, gateway.send("POST", "api/v1/keys/" + GOOD).statusCode());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private interface Each {
        void operation(String method, String path, JsonNode described) throws Exception;
    }

    private void each(Each act) throws Exception {
        faults.clear();
        asked = 0;
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                act.operation(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue());
            }
        }
        assertEquals(List.of(), faults);
        assertTrue(asked > 10, asked + " requests");
    }

    /** Asks, and writes down what isn't as it should be. */
    private void ask(String method, String path, String body, boolean mustBeRefused) throws Exception {
        asked++;
        String what = method + " " + path.substring(0, Math.min(100, path.length())) + " "
                + body.substring(0, Math.min(60, body.length()));
        HttpResponse<InputStream> answer = gateway.open(method, path.substring(1), body);
        try (InputStream in = answer.body()) {
            int status = answer.statusCode();
            boolean refused = status >= 400 || (path.endsWith("/check") && isRefused(JSON.readTree(in)));
            if (status >= 500 || (mustBeRefused && !refused)) {
                faults.add(what + " is answered " + status);
            } else if (status >= 400) {
                JsonNode schema = document.at("/components/schemas/Problem");
                for (String fault : schemas.faults(schema, JSON.readTree(in))) {
                    faults.add(what + ": " + fault);
                }
            }
        }
    }

    /** What is merely proposed is refused in the proposal. */
    private static boolean isRefused(JsonNode proposal) {
        return !proposal.path("refusals").isEmpty();
    }

    private static String filled(String path) {
        return path.replace("{stream}", GOOD).replaceAll("\\{[^}]*}", "nobody");
    }

    @Test
    void streamsThatCantBeAreRefused() throws Exception {
        each((method, path, described) -> {
            if (path.contains("{stream}")) {
                for (String stream : BAD_STREAMS) {
                    ask(method, filled(path.replace("{stream}", stream)), "", true);
                }
            }
        });
    }

    @Test
    void parametersThatCantBeAreRefused() throws Exception {
        each((method, path, described) -> {
            for (JsonNode reference : described.path("parameters")) {
                JsonNode parameter = schemas.resolved(reference);
                if (parameter.get("in").asText().equals("query")) {
                    String name = parameter.get("name").asText();
                    JsonNode schema = schemas.resolved(parameter.get("schema"));
                    boolean free = schema.get("type").asText().equals("string") && !schema.has("enum");
                    for (String value : NO_NUMBERS) {
                        ask(method, filled(path) + "?" + name + "=" + encoded(value), "", !free);
                    }
                    ask(method, filled(path) + "?" + name + "=1&" + name + "=1", "", true);
                    ask(method, filled(path) + "?" + name, "", !free);
                }
            }
        });
    }

    private static String encoded(String value) {
        return value.startsWith("%") ? value : URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Test
    void bodiesThatArentObjectsAreRefused() throws Exception {
        each((method, path, described) -> {
            if (described.has("requestBody")) {
                for (String body : NO_OBJECTS) {
                    ask(method, filled(path), body, true);
                }
                ask(method, filled(path), "{\"nobody-knows-this\": 1}", true);
            } else if (!method.equals("GET")) {
                // What is asked for nothing is taken for nothing.
                ask(method, filled(path), "[".repeat(5_000), false);
            }
        });
    }

    @Test
    void membersOfWrongTypesAreRefused() throws Exception {
        each((method, path, described) -> {
            JsonNode schema = schemas.resolved(described
                    .at("/requestBody/content")
                    .path("application/json")
                    .path("schema"));
            for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
                for (JsonNode value : values()) {
                    boolean wrong = !schemas.faults(member.getValue(), value).isEmpty();
                    ask(method, filled(path), JSON.writeValueAsString(Map.of(member.getKey(), value)), wrong);
                }
            }
        });
    }

    /** Of each type, and the ends of what numbers can say. */
    private static List<JsonNode> values() throws IOException {
        List<JsonNode> values = new ArrayList<>();
        for (String json : List.of(
                "null",
                "true",
                "\"\"",
                "\"x\"",
                "\"\\u0000\"",
                "-1",
                "1.5",
                "1e300",
                "99999999999999999999",
                "[]",
                "[1]",
                "{}",
                "{\"x\": {}}",
                '"' + "x".repeat(10_000) + '"')) {
            values.add(JSON.readTree(json));
        }
        return values;
    }

    @Test
    void otherMethodsAreRefusedWithThoseThereAre() throws Exception {
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            Map<String, Boolean> known = new LinkedHashMap<>();
            path.getValue()
                    .properties()
                    .forEach(entry -> known.put(entry.getKey().toUpperCase(Locale.ROOT), true));
            for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")) {
                if (!known.containsKey(method)) {
                    HttpResponse<byte[]> answer =
                            gateway.send(method, filled(path.getKey()).substring(1));
                    assertEquals(405, answer.statusCode(), method + " " + path.getKey());
                    String allowed = answer.headers().firstValue("Allow").orElse("");
                    assertTrue(List.of(allowed.split(", ", -1)).containsAll(known.keySet()), allowed);
                }
            }
            HttpResponse<byte[]> options =
                    gateway.send("OPTIONS", filled(path.getKey()).substring(1));
            assertEquals(204, options.statusCode());
        }
    }

    @Test
    void longBodiesAreRefused() throws Exception {
        String body = "{\"a\": \"" + "x".repeat(2_000_000) + "\"}";
        try {
            HttpResponse<byte[]> answer = gateway.send("POST", "api/v1/multicasts/live/x", body);
            assertEquals(413, answer.statusCode());
        } catch (IOException e) {
            // The connection was closed while it still came.
        }
        assertEquals(200, gateway.get("api/v1/streams").statusCode());
    }

    /** What no client library would send. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/streams/%zz HTTP/1.1",
                "GET /api/v1/streams/% HTTP/1.1",
                "GET /api/v1/streams/live/a?x=%zz HTTP/1.1",
                "GET /api/v1/log?limit=%e0%80%80 HTTP/1.1",
                "GET /api/v1/../../etc/passwd HTTP/1.1",
                "GET /api/v1/streams/live/a\u0001 HTTP/1.1",
                "GET /api/v1/log?limit=1&limit=2 HTTP/1.1"
            })
    void malformedRequestsAreAnswered(String line) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.http("").getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write((line + "\r\nHost: localhost\r\nAuthorization: " + gateway.authorization()
                            + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
        }
    }
}
