package lancaster.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import lancaster.access.Principal;
import lancaster.access.Role;
import lancaster.bytes.Bytes;

/** Questions to routes without a server, and what they are answered. */
record Asked(int status, JsonNode body) {
    static Asked of(Routes routes, Role role, String method, String path, String body) {
        int query = path.indexOf('?');
        Map<String, String> parameters = new java.util.HashMap<>();
        if (query >= 0) {
            for (String parameter : path.substring(query + 1).split("&", -1)) {
                String[] pair = parameter.split("=", 2);
                parameters.put(pair[0], pair[1]);
            }
        }
        ApiRequest request = new ApiRequest(
                method,
                query < 0 ? path : path.substring(0, query),
                Map.of(),
                parameters,
                Map.of("host", "box.example:8080"),
                Bytes.wrap(body.getBytes(StandardCharsets.UTF_8)),
                new Principal("anna", role));
        ApiResponse response = new Api(routes.routes(), (route, asked, status) -> {})
                .answer(request)
                .toCompletableFuture()
                .join();
        Bytes answer = response.body() instanceof ApiResponse.Whole whole ? whole.bytes() : Bytes.EMPTY;
        return new Asked(response.status(), Json.read(answer));
    }

    String text(String... members) {
        JsonNode node = body;
        for (String member : members) {
            node = node.path(member);
        }
        return node.asText();
    }
}
