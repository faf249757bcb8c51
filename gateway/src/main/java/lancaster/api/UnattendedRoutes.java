package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import lancaster.access.Role;
import lancaster.pull.PullStats;
import lancaster.pull.Pulls;
import lancaster.republish.Republishers;
import lancaster.republish.TargetStats;

/** What runs without anybody: streams that are sent on to other servers, and streams that are fetched from them. */
public record UnattendedRoutes(Republishers republishers, Pulls pulls) implements Routes {
    private static final String REPUBLISHERS = "/api/v1/republishers";

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
                        "GET",
                        "/api/v1/pulls",
                        Role.VIEW,
                        "How streams are fetched from other servers",
                        Handler.now(request -> fetched())));
    }

    private static ApiResponse targets(List<TargetStats> targets) {
        return ApiResponse.json(json -> {
            json.writeArrayFieldStart("targets");
            for (TargetStats stats : targets) {
                json.writeStartObject();
                json.writeStringField("stream", stats.path().toString());
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
                json.writeEndObject();
            }
            json.writeEndArray();
        });
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
