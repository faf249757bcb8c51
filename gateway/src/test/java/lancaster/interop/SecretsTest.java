package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lancaster.access.KeyFile;
import lancaster.access.LocalToken;
import lancaster.access.viewing.SignedAddress;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Secrets are planted wherever there can be some, used and misused by everybody, and looked for afterwards in all that the
 * gateway wrote and answered.
 */
@Execution(ExecutionMode.CONCURRENT)
class SecretsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final StreamPath WATCHED = StreamPath.parse("live/watched");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where secrets must be: each is its owner's alone. */
    private static final List<String> KEPT = List.of("keys/default", "access/one-time-secret", "access/local-token");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> planted = new LinkedHashMap<>();
    private final Map<String, String> answers = new TreeMap<>();

    @TempDir
    Path folder;

    private ChildGateway gateway;

    private String plant(String what) {
        String secret = "planted-" + what + "-0123456789abcdefghijklmnopqrstuvwxyz";
        planted.put(what, secret);
        return secret;
    }

    @Test
    void noSecretGetsOut() throws Exception {
        Path viewingSecret = Files.writeString(folder.resolve("viewing"), plant("viewing-file") + "\n");
        String key = plant("stream-key");
        ChildGateway running = new ChildGateway(
                folder,
                "log.level=debug",
                "streams.\"live/*\".key=" + key,
                "streams.\"live/*\".viewing.secret=file:" + viewingSecret,
                "streams.\"other/*\".viewing.secret=" + plant("viewing-literal"),
                "streams.\"live/*\".hls.segment=1s",
                "streams.\"default/*\".key=default");
        gateway = running;
        try (running) {
            Path access = folder.resolve("state/access");
            planted.put(
                    "default key",
                    KeyFile.read(folder.resolve("state/keys/default")).current());
            planted.put(
                    "one-time secret",
                    KeyFile.read(access.resolve("one-time-secret")).current());
            planted.put("local token", LocalToken.read(access));
            publish(key);
            watch();
            manage();
            readEverything();
        }
        // What the log was still to say it has said.
        check();
    }

    /** With the right key, with a wrong one, and where none belongs. */
    private void publish(String key) throws Exception {
        Path media = Files.createDirectories(folder.resolve("media"));
        String wrong = plant("wrong-key");
        String elsewhere = plant("key-of-another-stream");
        try (TestPublisher good = new TestPublisher(media, gateway.rtmp(WATCHED + "?key=" + key));
                TestPublisher bad = new TestPublisher(media, gateway.rtmp("live/bad?key=" + wrong));
                TestPublisher stray = new TestPublisher(media, gateway.rtmp("default/x?key=" + elsewhere))) {
            assertEquals("publishing", good.next());
            assertEquals("NetStream.Publish.Denied", bad.next());
            assertEquals("NetStream.Publish.Denied", stray.next());
            Eventually.holds(
                    "it is on air",
                    PATIENCE,
                    () -> ask("GET", WATCHED + ".m3u8?" + ticket(), "").statusCode() == 200);
        }
    }

    private String ticket() {
        String secret = planted.getOrDefault("viewing-file", "");
        return SignedAddress.query(secret, WATCHED, 4_000_000_000L);
    }

    private void watch() throws Exception {
        String forged = plant("forged-ticket");
        for (String format :
                List.of(".m3u8", "/ts/video.m3u8", "/ts/1.ts", ".f4m", ".sdp", ".m3u", ".flv", ".ts", ".jpg", "")) {
            answer("GET", WATCHED + format + "?token=" + forged, "");
            answer("GET", WATCHED + format, "", "Authorization", "Bearer " + forged);
            answer("GET", "other/x" + format + "?until=1900000000&sign=" + forged, "");
        }
    }

    private void manage() throws Exception {
        String password = plant("password");
        String wrong = plant("wrong-password");
        String secret = planted.getOrDefault("one-time secret", "");
        answer(
                "POST",
                "api/v1/first-login",
                "{\"secret\":\"" + plant("guessed-secret") + "\",\"name\":\"eve\",\"password\":\"" + wrong + "\"}");
        HttpResponse<String> first = ask(
                "POST",
                "api/v1/first-login",
                "{\"secret\":\"" + secret + "\",\"name\":\"anna\",\"password\":\"" + password + "\"}");
        assertEquals(200, first.statusCode(), first.body());
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
        planted.put("session", cookie.substring(cookie.indexOf('=') + 1));
        String[] own = {"Cookie", cookie, "X-Lancaster-Request", "1"};
        HttpResponse<String> made = ask("POST", "api/v1/tokens", "{\"name\":\"cron\",\"role\":\"view\"}", own);
        assertEquals(201, made.statusCode());
        planted.put("token", JSON.readTree(made.body()).path("token").asText());
        answer(
                "POST",
                "api/v1/accounts",
                "{\"name\":\"ben\",\"role\":\"view\",\"password\":\"" + plant("bens-password") + "\"}",
                own);
        answer(
                "POST",
                "api/v1/accounts",
                "{\"name\":\"ben\",\"role\":\"view\",\"password\":\"" + plant("second") + "\"}",
                own);
        answer("PATCH", "api/v1/accounts/ben", "{\"pasword\":\"" + plant("misspelt") + "\"}", own);
        answer("POST", "api/v1/login", "{\"name\":\"anna\",\"password\":\"" + wrong + "\"}");
        answer("POST", "api/v1/login", "{\"name\":\"" + wrong + "\",\"password\":\"x\"}");
        answer("POST", "api/v1/login", "{\"password\":\"" + wrong);
        answer(
                "GET",
                "api/v1/streams?key=" + plant("in-query"),
                "",
                "Authorization",
                "Bearer " + plant("guessed-token"));
        answer(
                "PUT",
                "api/v1/me/password",
                "{\"old\":\"" + wrong + "\",\"new\":\"" + plant("new-password") + "\"}",
                own);
    }

    /** All that can be read, as everybody, but for the routes that are there to show a key to administrators. */
    private void readEverything() throws Exception {
        String all = "Bearer " + planted.get("local token");
        String some = "Bearer " + planted.get("token");
        JsonNode paths = JSON.readTree(ask("GET", "api/v1/openapi.json", "", "Authorization", all)
                        .body())
                .path("paths");
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            boolean endless = path.getKey().endsWith("/events");
            if (path.getValue().has("get") && !endless) {
                String of = path.getKey()
                        .substring(1)
                        .replace("{stream}", WATCHED.toString())
                        .replace("{name}", "anna")
                        .replace("{version}", "latest");
                answer("GET", of, "", "Authorization", some);
                if (!of.startsWith("api/v1/keys/")) {
                    answer("GET", of, "", "Authorization", all);
                }
            }
        }
        for (String path :
                List.of("metrics", "streams.json", "healthz", "readyz", "", "ui/common.js", WATCHED.toString())) {
            answer("GET", path, "");
        }
        assertTrue(answers.size() > 40, answers.keySet().toString());
    }

    private void check() throws IOException {
        Map<String, String> places = new TreeMap<>(answers);
        places.put("log", Files.readString(folder.resolve("gateway.log")));
        Path state = folder.resolve("state");
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!KEPT.contains(state.relativize(file).toString())) {
                    places.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        List<String> found = new ArrayList<>();
        places.forEach((place, text) -> planted.forEach((what, secret) -> {
            if (text.contains(secret)) {
                found.add(what + " in " + place);
            }
        }));
        assertEquals(List.of(), found);
        assertTrue(places.get("log").contains("reason=wrong-key"), "the log was looked at");
        assertTrue(String.valueOf(places.get(state.resolve("access/audit.log").toString()))
                .contains("login"));
        assertTrue(
                String.valueOf(places.get(state.resolve("access/accounts.json").toString()))
                        .contains("argon2id"));
    }

    /** Asks, and keeps the whole answer to be looked through. */
    private void answer(String method, String path, String body, String... headers) throws Exception {
        HttpResponse<String> answer = ask(method, path, body, headers);
        answers.put(
                answers.size() + " " + method + " " + path.replaceAll("\\?.*", ""),
                answer.headers().map() + answer.body());
    }

    private HttpResponse<String> ask(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.http(path)))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }
}
