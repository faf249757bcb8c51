package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import lancaster.access.Principal;
import lancaster.access.Role;
import lancaster.api.ApiRequest;
import lancaster.api.ApiResponse;
import lancaster.api.ForeignContract;
import lancaster.api.ForeignSchemaCheck;
import lancaster.api.Route;
import lancaster.api.SchemaCheck;
import lancaster.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The API of a running gateway is what its description says: no less, no more, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String JSON_SCHEMA = "/content/application~1json/schema";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TestGateway gateway;
    private TestPublisher publisher;
    private JsonNode document;
    private SchemaCheck schemas;
    private ForeignSchemaCheck others;
    private ForeignContract contract;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.of(folder, Files.writeString(folder.resolve("lancaster.yaml"), ApiCalls.CONFIG));
        publisher = new TestPublisher(folder, gateway.rtmp(ApiCalls.STREAM));
        document = JSON.readTree(gateway.get("api/v1/openapi.json").body());
        schemas = new SchemaCheck(document);
        others = new ForeignSchemaCheck(document);
        contract = new ForeignContract(document);
        assertEquals("publishing", publisher.next());
        Eventually.holds("the stream is measured and remembered", PATIENCE, this::isMeasured);
    }

    private boolean isMeasured() throws Exception {
        String stream = "api/v1/streams/" + ApiCalls.STREAM;
        return gateway.get(stream + "/history").statusCode() == 200
                && !JSON.readTree(gateway.get(stream).body()).path("tracks").isEmpty();
    }

    @AfterAll
    void stop() {
        publisher.close();
        gateway.close();
        contract.close();
    }

    @Test
    void routesAndDescriptionAgree() {
        Map<String, String> routes = new TreeMap<>();
        for (Route route : gateway.api().routes()) {
            routes.put(route.method() + " " + route.openApiPath(), route.needs().word() + ": " + route.summary());
        }
        Map<String, String> described = new TreeMap<>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> described.put(
                        operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                        operation.getValue().path("x-role").asText() + ": "
                                + operation.getValue().path("summary").asText())));
        assertEquals(lines(routes), lines(described));
    }

    private static String lines(Map<String, String> operations) {
        StringBuilder lines = new StringBuilder();
        operations.forEach(
                (name, what) -> lines.append(name).append(": ").append(what).append('\n'));
        return lines.toString();
    }

    @Test
    void answersAreAsDescribed() throws Exception {
        TreeSet<String> called = new TreeSet<>();
        for (ApiCalls.Call call : ApiCalls.all()) {
            JsonNode operation = operation(call.method(), call.operation());
            if (!call.body().isEmpty()) {
                assertEquals(
                        List.of(),
                        others.faults(pointer(call) + "/requestBody" + JSON_SCHEMA, JSON.readTree(call.body())),
                        call.toString());
            }
            assertEquals(
                    "", contract.faultOf(call.method(), call.operation(), call.path(), call.body()), call.toString());
            HttpResponse<InputStream> answer =
                    gateway.open(call.method(), call.path().substring(1), call.body());
            try (InputStream in = answer.body()) {
                JsonNode described =
                        schemas.resolved(operation.path("responses").path(String.valueOf(answer.statusCode())));
                String what = call.method() + " " + call.path() + " " + answer.statusCode();
                assertEquals(2, answer.statusCode() / 100, () -> what + " " + text(in));
                assertFalse(described.isMissingNode(), what + " isn't described");
                String type = answer.headers().firstValue("Content-Type").orElse("");
                if (answer.statusCode() == 204) {
                    assertEquals("", text(in));
                    assertEquals("", contract.faultOf(call.method(), call.operation(), answer, ""), what);
                } else if (type.equals("application/json")) {
                    JsonNode schema = described.at("/content/application~1json/schema");
                    JsonNode value = JSON.readTree(in);
                    assertEquals(List.of(), schemas.faults(schema, value), what);
                    assertEquals(List.of(), others.faults(pointer(call, answer.statusCode()), value), what);
                    assertEquals("", contract.faultOf(call.method(), call.operation(), answer, value.toString()), what);
                } else {
                    assertTrue(described.path("content").has(type), what + " " + type);
                }
                called.add(call.method() + " " + call.operation());
            }
        }
        assertEquals(
                gateway.api().routes().stream()
                        .map(route -> route.method() + " " + route.openApiPath())
                        .collect(java.util.stream.Collectors.toCollection(TreeSet::new)),
                called,
                "every operation is called");
    }

    /** So that a foreign reader that is content has looked. */
    @Test
    void whatIsntDescribedIsFound() throws Exception {
        String streams = "/api/v1/streams";
        HttpResponse<byte[]> answer = gateway.get(streams.substring(1));
        String good = new String(answer.body(), StandardCharsets.UTF_8);
        assertEquals("", contract.faultOf("GET", streams, answer, good));
        assertFalse(contract.faultOf("GET", streams, answer, good.replace("\"streams\"", "\"flows\""))
                .isEmpty());
        assertFalse(contract.faultOf("GET", streams + "/{stream}", streams + "/nothing", "")
                .isEmpty());
        assertFalse(contract.faultOf("POST", "/api/v1/login", "/api/v1/login", "{\"name\": 1}")
                .isEmpty());
        assertFalse(
                contract.faultOf("POST", "/api/v1/login", "/api/v1/login", "").isEmpty());
    }

    private static String pointer(ApiCalls.Call call) {
        return "/paths/" + call.operation().replace("/", "~1") + "/"
                + call.method().toLowerCase(java.util.Locale.ROOT);
    }

    /** Of the schema of an answer, behind its reference. */
    private String pointer(ApiCalls.Call call, int status) {
        String response = pointer(call) + "/responses/" + status;
        JsonNode reference = document.at(response).path("$ref");
        return (reference.isMissingNode() ? response : reference.asText().substring(1)) + JSON_SCHEMA;
    }

    /** Whoever may not is refused before anything else is looked at; whoever may isn't refused for that. */
    @Test
    void everyOperationIsForItsRoles() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Route route : gateway.api().routes()) {
            String path =
                    route.openApiPath().replaceAll("\\{stream}", "live/nobody").replaceAll("\\{[^}]*}", "nobody");
            for (Role role : Role.values()) {
                ApiRequest request = new ApiRequest(
                        route.method(),
                        path,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Bytes.wrap("[]".getBytes(StandardCharsets.UTF_8)),
                        new Principal("anna", role));
                ApiResponse answer =
                        gateway.api().answer(request).toCompletableFuture().join();
                if ((answer.status() == 403) == role.covers(route.needs()) || answer.status() >= 500) {
                    wrong.add(role + " " + route.method() + " " + path + " " + answer.status());
                }
            }
        }
        assertEquals(List.of(), wrong);
        // What it has revoked is there again for others.
        assertEquals(201, gateway.send("POST", "api/v1/keys/default").statusCode());
    }

    /** Whoever sees the log, the events, the statistics sees no key, whether it was good or wrong. */
    @Test
    void keysAreInNoOtherAnswer(@TempDir Path folder) throws Exception {
        String secret = "keyed/secret";
        byte[] made = gateway.send("POST", "api/v1/keys/" + secret).body();
        String key = JSON.readTree(made).get("key").asText();
        String wrong = "hunter2hunter2";
        try (TestPublisher refused = new TestPublisher(folder, gateway.rtmp(secret + "?key=" + wrong));
                TestPublisher taken = new TestPublisher(folder, gateway.rtmp(secret + "?key=" + key))) {
            assertEquals("NetStream.Publish.Denied", refused.next());
            assertEquals("publishing", taken.next());
            Eventually.holds("the log tells of it", PATIENCE, () -> new String(
                            gateway.get("api/v1/log").body(), StandardCharsets.UTF_8)
                    .contains("publisher came path=" + secret));
            List<String> texts = new ArrayList<>(List.of(eventsUntil(secret)));
            for (String path : List.of("metrics", "streams.json")) {
                texts.add(new String(gateway.get(path).body(), StandardCharsets.UTF_8));
            }
            for (ApiCalls.Call call : ApiCalls.all()) {
                boolean tells = call.operation().startsWith("/api/v1/keys/")
                        || call.path().endsWith("/events");
                if (call.method().equals("GET") && !tells) {
                    texts.add(new String(gateway.get(call.path().substring(1)).body(), StandardCharsets.UTF_8));
                }
            }
            texts.forEach(text -> assertFalse(text.contains(key) || text.contains(wrong), text));
        }
    }

    /** What has happened until the publisher came. */
    private String eventsUntil(String stream) throws Exception {
        StringBuilder text = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                gateway.open("GET", "api/v1/events?after=0", "").body(), StandardCharsets.UTF_8))) {
            String line = "";
            while (line != null && !line.contains(stream)) {
                line = lines.readLine();
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    private JsonNode operation(String method, String path) {
        return document.path("paths").path(path).path(method.toLowerCase(java.util.Locale.ROOT));
    }

    private static String text(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
