package lancaster.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import lancaster.access.Principal;
import lancaster.access.Role;
import lancaster.bytes.Bytes;

/** Whatever is asked, the answer is an answer and no mistake. */
class ApiRequestFuzz {
    private static final Api API = new Api(
            List.of(
                    new Route("GET", "/s/{stream...}", Role.VIEW, "", Handler.now(ApiRequestFuzz::echo)),
                    new Route("GET", "/s/{stream...}/history", Role.VIEW, "", Handler.now(ApiRequestFuzz::echo)),
                    new Route("GET", "/t/{id}", Role.VIEW, "", Handler.now(ApiRequestFuzz::plain))),
            (route, request, status) -> {});

    private static ApiResponse echo(ApiRequest request) {
        long number = request.number("n", 1, 0, 9);
        int members = Json.read(request.body()).size();
        return ApiResponse.json(json -> {
            json.writeStringField("stream", request.stream().toString());
            json.writeNumberField("n", number);
            json.writeNumberField("members", members);
        });
    }

    private static ApiResponse plain(ApiRequest request) {
        return ApiResponse.json(json -> json.writeStringField("id", request.variable("id")));
    }

    /** The first line is the path, the second a parameter, the rest the body. */
    @FuzzTest
    void answer(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 3);
        ApiRequest request = new ApiRequest(
                "GET",
                lines[0],
                Map.of(),
                lines.length > 1 ? Map.of("n", lines[1]) : Map.of(),
                Map.of(),
                lines.length > 2 ? Bytes.wrap(lines[2].getBytes(StandardCharsets.UTF_8)) : Bytes.EMPTY,
                Principal.LOCAL);
        ApiResponse answer = API.answer(request).toCompletableFuture().join();
        assertTrue(List.of(200, 400, 404).contains(answer.status()), () -> answer + " to " + request);
    }
}
