package lancaster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.access.KeyFile;
import lancaster.access.KeySource;
import lancaster.access.KeyStore;
import lancaster.access.Role;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys by the API. */
class KeyRoutesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String OWN = "/api/v1/keys/live/townhall";

    @TempDir
    Path folder;

    private KeyStore store;
    private KeyRoutes routes;

    @BeforeEach
    void start() throws IOException {
        store = new KeyStore(folder.resolve("keys"), new SplittableRandom(1), () -> NOW);
        store.makeDefault();
        Map<String, KeySource> sources = Map.of(
                "live/townhall", new KeySource.Stored(),
                "live/file", new KeySource.InFile(folder.resolve("elsewhere")),
                "live/literal", new KeySource.Literal("hunter2"),
                "live/environment", new KeySource.InEnvironment("KEY"),
                "live/open", new KeySource.Open());
        routes = new KeyRoutes(
                store,
                path -> Optional.ofNullable(sources.get(path.toString())),
                new PublishAddress(1935),
                Runnable::run);
    }

    private Asked ask(String method, String path, String body) {
        return Asked.of(routes, Role.ADMINISTER, method, path, body);
    }

    private Asked ask(String method, String path) {
        return ask(method, path, "");
    }

    @Test
    void theDefaultKeyIsGoodForAStreamWithoutItsOwn() {
        String key = ask("GET", "/api/v1/keys/default").text("key");
        Asked shown = ask("GET", OWN);
        assertEquals(key, shown.text("key"));
        assertEquals("rtmp://box.example/live", shown.text("obs", "server"));
        assertEquals("townhall?key=" + key, shown.text("obs", "streamKey"));
        assertEquals("rtmp://box.example/live/townhall?key=" + key, shown.text("url"));
    }

    @Test
    void aKeyIsMadeReplacedAndRevoked() throws IOException {
        Asked made = ask("POST", OWN);
        assertEquals(201, made.status());
        assertEquals(409, ask("POST", OWN).status());
        Asked replaced = ask("POST", OWN + "/rotate", "{\"graceSeconds\": 60}");
        assertNotEquals(made.text("key"), replaced.text("key"));
        assertEquals(
                NOW.plusSeconds(60).toString(),
                replaced.body().get("replacedGoodUntil").get(0).asText());
        KeyFile file =
                store.find(Optional.of(StreamPath.parse("live/townhall"))).orElseThrow();
        assertEquals(replaced.text("key"), file.current());
        assertEquals(204, ask("DELETE", OWN).status());
        assertEquals(404, ask("DELETE", OWN).status());
        assertEquals(404, ask("POST", OWN + "/rotate").status());
    }

    @Test
    void theDefaultKeyIsReplacedAndRevoked() {
        String key = ask("GET", "/api/v1/keys/default").text("key");
        assertEquals(409, ask("POST", "/api/v1/keys/default").status());
        assertNotEquals(key, ask("POST", "/api/v1/keys/default/rotate").text("key"));
        assertEquals(204, ask("DELETE", "/api/v1/keys/default").status());
        assertEquals(404, ask("GET", "/api/v1/keys/default").status());
        assertEquals(404, ask("POST", "/api/v1/keys/default/rotate").status());
        assertEquals(404, ask("DELETE", "/api/v1/keys/default").status());
        assertEquals(404, ask("GET", OWN).status());
        assertEquals(201, ask("POST", "/api/v1/keys/default").status());
    }

    @Test
    void theListHoldsNoKey() throws IOException {
        String key = ask("POST", OWN).text("key");
        Files.writeString(folder.resolve("keys/streams/live%2Fbroken"), "\n");
        Files.writeString(folder.resolve("keys/streams/.live%2Ftownhall.new"), "half");
        Asked list = Asked.of(routes, Role.OPERATE, "GET", "/api/v1/keys", "");
        assertEquals(200, list.status());
        assertFalse(list.body().toString().contains(key));
        assertEquals(3, list.body().get("keys").size());
        assertTrue(list.body().get("keys").get(0).get("default").asBoolean());
        assertTrue(list.body().get("keys").get(1).get("problem").asText().contains("holds no key"));
        assertEquals(
                "live/townhall", list.body().get("keys").get(2).get("stream").asText());
    }

    @Test
    void onlyAdministratorsSeeKeys() {
        for (Role role : new Role[] {Role.VIEW, Role.OPERATE}) {
            assertEquals(403, Asked.of(routes, role, "GET", OWN, "").status());
            assertEquals(
                    403,
                    Asked.of(routes, role, "GET", "/api/v1/keys/default", "").status());
            assertEquals(
                    403, Asked.of(routes, role, "POST", OWN + "/rotate", "").status());
        }
        assertEquals(403, Asked.of(routes, Role.VIEW, "GET", "/api/v1/keys", "").status());
    }

    @Test
    void aKeyInAnotherFileIsKeptThere() throws IOException {
        assertEquals(409, ask("GET", "/api/v1/keys/live/file").status());
        assertEquals(201, ask("POST", "/api/v1/keys/live/file").status());
        String key = ask("POST", "/api/v1/keys/live/file/rotate").text("key");
        assertEquals(key, KeyFile.read(folder.resolve("elsewhere")).current());
        assertEquals(key, ask("GET", "/api/v1/keys/live/file").text("key"));
    }

    @ParameterizedTest
    @CsvSource({"live/literal,409", "live/environment,409", "live/open,409", "live/nobody,404"})
    void keysThatAreKeptElsewhereAreChangedThere(String stream, int status) {
        for (String act : new String[] {"GET ", "POST ", "DELETE ", "POST /rotate"}) {
            String method = act.substring(0, act.indexOf(' '));
            String path = "/api/v1/keys/" + stream + act.substring(act.indexOf(' ') + 1);
            Asked answer = ask(method, path);
            assertEquals(status, answer.status(), act);
            assertFalse(answer.body().toString().contains("hunter2"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"graceSeconds\": -1}",
                "{\"graceSeconds\": 2592001}",
                "{\"graceSeconds\": 1e99}",
                "{\"graceSeconds\": 1.5}",
                "{\"graceSeconds\": \"1\"}",
                "{\"graceSeconds\": null}",
                "{\"grace\": 1}"
            })
    void graceHasBounds(String body) {
        assertEquals(201, ask("POST", OWN).status());
        String key = ask("GET", OWN).text("key");
        assertEquals(422, ask("POST", OWN + "/rotate", body).status());
        assertEquals(key, ask("GET", OWN).text("key"));
    }
}
