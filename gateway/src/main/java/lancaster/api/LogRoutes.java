package lancaster.api;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import lancaster.access.Role;
import lancaster.api.RecentLog.Level;

/** The log of late. */
public record LogRoutes(RecentLog log) implements Routes {
    private static final int FEW = 200;

    @Override
    public List<Route> routes() {
        return List.of(new Route(
                "GET", "/api/v1/log", Role.VIEW, "The last lines of the log, oldest first", Handler.now(this::lines)));
    }

    private ApiResponse lines(ApiRequest request) {
        Level least = request.parameter("level")
                .map(word -> Level.of(word)
                        .orElseThrow(() -> ApiException.badRequest("level must be one of "
                                + Arrays.stream(Level.values()).map(Level::word).collect(Collectors.joining(", "))
                                + ".")))
                .orElse(Level.DEBUG);
        long after = request.number("after", 0, 0, Long.MAX_VALUE);
        int limit = (int) request.number("limit", FEW, 1, RecentLog.MAX_LINES);
        return ApiResponse.json(json -> {
            json.writeArrayFieldStart("lines");
            for (RecentLog.Line line : log.lines(least, after, limit)) {
                json.writeStartObject();
                json.writeNumberField("number", line.number());
                json.writeStringField("at", line.at().toString());
                json.writeStringField("level", line.level().word());
                json.writeStringField("logger", line.logger());
                json.writeStringField("text", line.text());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
