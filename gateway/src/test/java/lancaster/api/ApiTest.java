package lancaster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import lancaster.access.Principal;
import lancaster.access.Role;
import lancaster.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which route answers, and whom. */
class ApiTest {
    private final List<String> heard = new ArrayList<>();
    private final Api api = new Api(
            List.of(
                    route("GET", "/api/v1/things/{stream...}", Role.VIEW, Handler.now(request -> said("thing"))),
                    route("GET", "/api/v1/things/{stream...}/parts", Role.VIEW, Handler.now(request -> said("parts"))),
                    route("GET", "/api/v1/things", Role.VIEW, Handler.now(request -> said("all"))),
                    route(
                            "DELETE",
                            "/api/v1/things/{stream...}",
                            Role.ADMINISTER,
                            Handler.now(request -> said("gone"))),
                    route(
                            "POST",
                            "/api/v1/slow",
                            Role.OPERATE,
                            request -> CompletableFuture.supplyAsync(() -> {
                                throw ApiException.unprocessable(List.of("one", "two"));
                            })),
                    route("POST", "/api/v1/broken", Role.OPERATE, request -> {
                        throw new IllegalStateException("hunter2");
                    })),
            (route, request, status) -> heard.add(request.who().name() + ' ' + route.method() + ' ' + status));

    private static Route route(String method, String template, Role needs, Handler handler) {
        return new Route(method, template, needs, "", handler);
    }

    private static ApiResponse said(String what) {
        return ApiResponse.json(json -> json.writeStringField("said", what));
    }

    private ApiResponse ask(Role role, String method, String path) {
        ApiRequest request =
                new ApiRequest(method, path, Map.of(), Map.of(), Map.of(), Bytes.EMPTY, new Principal("anna", role));
        return api.answer(request).toCompletableFuture().join();
    }

    private static JsonNode body(ApiResponse response) {
        return Json.read(((ApiResponse.Whole) response.body()).bytes());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/things,all",
        "/api/v1/things/live/a,thing",
        "/api/v1/things/live/a/parts,parts",
        "/api/v1/things/live/parts,thing",
        "/api/v1/things/live%2Fa%2Fparts,thing"
    })
    void theRouteWithTheMostWordsIsMeant(String path, String said) {
        assertEquals(said, body(ask(Role.VIEW, "GET", path)).get("said").asText());
    }

    @Test
    void rolesContainEachOther() {
        assertEquals(
                200, ask(Role.ADMINISTER, "DELETE", "/api/v1/things/live/a").status());
        assertEquals(403, ask(Role.OPERATE, "DELETE", "/api/v1/things/live/a").status());
        assertEquals(403, ask(Role.VIEW, "DELETE", "/api/v1/things/live/a").status());
        assertEquals(200, ask(Role.OPERATE, "GET", "/api/v1/things/live/a").status());
    }

    @Test
    void whoUsesTheWrongMethodIsToldTheRightOnes() {
        ApiResponse answer = ask(Role.ADMINISTER, "PUT", "/api/v1/things/live/a");
        assertEquals(405, answer.status());
        assertEquals("DELETE, GET, HEAD, OPTIONS", answer.headers().get("Allow"));
        assertEquals(
                405,
                ask(Role.ADMINISTER, "DELETE", "/api/v1/things/live/a/parts").status(),
                "is no thing's name");
        assertEquals(
                200,
                ask(Role.ADMINISTER, "DELETE", "/api/v1/things/live%2Fa%2Fparts")
                        .status());
        assertEquals(404, ask(Role.ADMINISTER, "GET", "/api/v1/nothing").status());
    }

    @Test
    void problemsNameEachReason() {
        ApiResponse answer = ask(Role.OPERATE, "POST", "/api/v1/slow");
        assertEquals(422, answer.status());
        JsonNode problem = body(answer);
        assertEquals("about:blank", problem.get("type").asText());
        assertEquals("Unprocessable Content", problem.get("title").asText());
        assertEquals("two", problem.get("errors").get(1).get("detail").asText());
    }

    @Test
    void changesAreHeardOf() {
        ask(Role.ADMINISTER, "DELETE", "/api/v1/things/live/a");
        ask(Role.VIEW, "DELETE", "/api/v1/things/live/a");
        ask(Role.ADMINISTER, "GET", "/api/v1/things/live/a");
        ask(Role.ADMINISTER, "POST", "/api/v1/slow");
        assertEquals(List.of("anna DELETE 200", "anna DELETE 403", "anna POST 422"), heard);
    }

    @Test
    void whatFailsInsideIsntTold() {
        ApiResponse answer = ask(Role.OPERATE, "POST", "/api/v1/broken");
        assertEquals(500, answer.status());
        assertFalse(body(answer).toString().contains("hunter2"));
    }

    @Test
    void numbersHaveBounds() {
        ApiRequest request = new ApiRequest(
                "GET", "/", Map.of(), Map.of("n", "7", "m", "x"), Map.of(), Bytes.EMPTY, Principal.LOCAL);
        assertEquals(7, request.number("n", 1, 0, 7));
        assertEquals(1, request.number("o", 1, 0, 7));
        for (String name : List.of("n", "m")) {
            assertTrue(refused(() -> request.number(name, 1, 0, 6)).contains(name + " must be"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            value = {"[]", "1", "nothing", "{", "{\"a\":1,\"a\":2}", "{} {}", "\"\""},
            delimiter = '|')
    void onlyObjectsAreTaken(String body) {
        refused(() -> Json.read(Bytes.wrap(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    @Test
    void onlyUtf8IsTaken() {
        refused(() -> Json.read(Bytes.of('{', '"', 0xff, '"', ':', '1', '}')));
        refused(() -> Json.read(Bytes.wrap("{\"a\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_16BE))));
        refused(() -> Json.read(Bytes.of(0, 0, 0, 0, 0x7b, 0x21, 0x61, 0x22)));
    }

    @Test
    void anEmptyBodyIsAnEmptyObject() {
        assertTrue(Json.read(Bytes.EMPTY).isEmpty());
        assertEquals(Optional.empty(), api.needs("GET", "/api/v1/nothing"));
        assertEquals(Optional.of(Role.ADMINISTER), api.needs("DELETE", "/api/v1/things/live/a"));
    }

    private static String refused(Runnable act) {
        try {
            act.run();
        } catch (ApiException e) {
            assertEquals(400, e.problem().status());
            return e.problem().detail();
        }
        throw new AssertionError("taken");
    }
}
