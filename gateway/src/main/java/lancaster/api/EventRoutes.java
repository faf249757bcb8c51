package lancaster.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.access.Role;

/** What happens, as it happens. */
public record EventRoutes(Events events) implements Routes {
    @Override
    public List<Route> routes() {
        return List.of(new Route(
                "GET",
                "/api/v1/events",
                Role.VIEW,
                "What happens, as server-sent events; Last-Event-ID goes on behind the last one",
                Handler.now(this::follow)));
    }

    private ApiResponse follow(ApiRequest request) {
        if (events.isFull()) {
            throw new ApiException(
                    Problem.of(503, Events.MAX_READERS + " read the events already; each can have the same ones."));
        }
        Optional<String> header = request.header("last-event-id");
        Optional<String> behind = header.isPresent() ? header : request.parameter("after");
        return new ApiResponse(
                200,
                Map.of("X-Accel-Buffering", "no"),
                new ApiResponse.Endless(EventFeed.CONTENT_TYPE, new EventFeed(events, behind)));
    }
}
