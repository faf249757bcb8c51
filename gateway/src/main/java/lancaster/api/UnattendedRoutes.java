package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lancaster.access.Role;
import lancaster.pull.PullStats;
import lancaster.pull.Pulls;
import lancaster.republish.Republishers;
import lancaster.republish.TargetStats;

/** What runs without anybody: streams that are sent on to other servers, and streams that are fetched from them. */
public record UnattendedRoutes(Republishers republishers, Pulls pulls) implements Routes {
    private static final String REPUBLISHERS = "/api/v1/republishers";
    private static final String TARGET = REPUBLISHERS + "/{stream...}/targets/{id}";

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        REPUBLISHERS,
                        Role.VIEW,
                        "How streams that are live are sent on",
                        Handler.now(request -> targets(republishers.all()))),
                new Route(
                        "GET",
                        REPUBLISHERS + "/{stream...}",
                        Role.VIEW,
                        "How a stream is sent on",
                        Handler.now(request -> targets(republishers.find(request.stream())))),
                new Route(
                        "POST",
                        TARGET,
                        Role.OPERATE,
                        "Start to send a stream on to a server, at once where it waits to try again",
                        request -> settled(republishers.start(request.stream(), id(request)))),
                new Route(
                        "DELETE",
                        TARGET,
                        Role.OPERATE,
                        "Stop to send a stream on to a server",
                        request -> settled(republishers.stop(request.stream(), id(request)))),
                new Route(
                        "GET",
                        "/api/v1/pulls",
                        Role.VIEW,
                        "How streams are fetched from other servers",
                        Handler.now(request -> fetched())));
    }

    private static long id(ApiRequest request) {
        String id = request.variable("id");
        if (!id.matches("[0-9]{1,18}")) {
            throw unknown();
        }
        return Long.parseLong(id);
    }

    private static ApiException unknown() {
        return ApiException.notFound("This stream isn't live, or isn't sent on to a server of that id.");
    }

    private static CompletionStage<ApiResponse> settled(CompletionStage<Optional<TargetStats>> settled) {
        return settled.thenApply(found -> {
            TargetStats stats = found.orElseThrow(UnattendedRoutes::unknown);
            return ApiResponse.json(json -> target(json, stats));
        });
    }

    private static ApiResponse targets(List<TargetStats> targets) {
        return ApiResponse.json(json -> {
            json.writeArrayFieldStart("targets");
            for (TargetStats stats : targets) {
                json.writeStartObject();
                target(json, stats);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void target(JsonGenerator json, TargetStats stats) throws IOException {
        json.writeStringField("stream", stats.path().toString());
        json.writeNumberField("id", stats.id());
        json.writeStringField("target", stats.target());
        json.writeStringField("state", word(stats.state()));
        json.writeStringField("since", stats.since().toString());
        if (stats.reason().isPresent()) {
            json.writeStringField("reason", stats.reason().get());
        }
        json.writeNumberField("attempts", stats.attempts());
        json.writeNumberField("publications", stats.publications());
        if (stats.retryMs().isPresent()) {
            json.writeNumberField("retryMs", stats.retryMs().get());
        }
        json.writeNumberField("messages", stats.counters().sentMessages());
        json.writeNumberField("bytes", stats.counters().sentBytes());
        json.writeNumberField("queuedBytes", stats.counters().queuedBytes());
        json.writeNumberField("cuts", stats.counters().cuts());
        json.writeNumberField("droppedMessages", stats.counters().droppedMessages());
    }

    private ApiResponse fetched() {
        return ApiResponse.json(json -> {
            json.writeArrayFieldStart("pulls");
            for (PullStats stats : pulls.all()) {
                json.writeStartObject();
                pull(json, stats);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void pull(JsonGenerator json, PullStats stats) throws IOException {
        json.writeStringField("stream", stats.path().toString());
        json.writeStringField("source", stats.source());
        json.writeStringField("protocol", stats.protocol());
        json.writeStringField("state", word(stats.state()));
        json.writeStringField("since", stats.since().toString());
        if (stats.reason().isPresent()) {
            json.writeStringField("reason", stats.reason().get());
        }
        json.writeNumberField("attempts", stats.attempts());
        json.writeNumberField("successes", stats.successes());
        if (stats.retryMs().isPresent()) {
            json.writeNumberField("retryMs", stats.retryMs().get());
        }
        json.writeNumberField("accessUnits", stats.accessUnits());
        json.writeNumberField("bytes", stats.bytes());
        json.writeNumberField("bufferedMs", stats.bufferedMs());
        json.writeNumberField("interruptions", stats.interruptions());
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
