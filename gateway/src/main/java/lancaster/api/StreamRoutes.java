package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import lancaster.access.Role;
import lancaster.output.Audience;
import lancaster.output.HdsOutputs;
import lancaster.output.HlsOutputs;
import lancaster.output.MulticastOutputs;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamStats.PublisherStats;

/** Live streams, how they did, and who publishes them. */
public record StreamRoutes(
        StreamRegistry streams,
        HlsOutputs hls,
        HdsOutputs hds,
        MulticastOutputs multicasts,
        Audience audience,
        Histories histories)
        implements Routes {
    private static final String STREAMS = "/api/v1/streams";
    private static final String ONE = STREAMS + "/{stream...}";
    private static final String PUBLICATION = ONE + "/publication";

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", STREAMS, Role.VIEW, "What is measured of all streams", Handler.now(this::all)),
                new Route("GET", ONE, Role.VIEW, "What is measured of a stream", Handler.now(this::one)),
                new Route("GET", ONE + "/history", Role.VIEW, "How a stream did lately", Handler.now(this::history)),
                new Route("GET", "/api/v1/publications", Role.VIEW, "Who publishes", Handler.now(this::publications)),
                new Route("GET", PUBLICATION, Role.VIEW, "Who publishes a stream", Handler.now(this::publication)),
                new Route(
                        "DELETE",
                        PUBLICATION,
                        Role.OPERATE,
                        "Dismiss who publishes a stream; its name is free at once",
                        Handler.now(this::kick)));
    }

    private ApiResponse all(ApiRequest request) {
        return ApiResponse.json(json -> {
            json.writeArrayFieldStart("streams");
            for (LiveStream stream : sorted()) {
                json.writeStartObject();
                write(json, stream);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private ApiResponse one(ApiRequest request) {
        LiveStream stream = find(request);
        return ApiResponse.json(json -> write(json, stream));
    }

    private ApiResponse history(ApiRequest request) {
        long periodS = request.number("period", 1, 1, Integer.MAX_VALUE);
        if (!Histories.periods().contains((int) periodS)) {
            throw ApiException.badRequest("period must be one of "
                    + Histories.periods().stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + " seconds.");
        }
        long afterS = request.number("after", 0, 0, Integer.MAX_VALUE);
        Json.Body history = histories
                .json(request.stream(), (int) periodS, afterS)
                .orElseThrow(() -> ApiException.notFound("Nothing is known of this stream."));
        return ApiResponse.json(json -> {
            json.writeStringField("stream", request.stream().toString());
            history.write(json);
        });
    }

    private ApiResponse publications(ApiRequest request) {
        return ApiResponse.json(json -> {
            json.writeArrayFieldStart("publications");
            for (LiveStream stream : sorted()) {
                if (stream.stats().publisher().isPresent()) {
                    json.writeStartObject();
                    publication(json, stream, stream.stats().publisher().get());
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
        });
    }

    private ApiResponse publication(ApiRequest request) {
        LiveStream stream = find(request);
        PublisherStats publisher = stream.stats().publisher().orElseThrow(StreamRoutes::nobody);
        return ApiResponse.json(json -> publication(json, stream, publisher));
    }

    private static void publication(JsonGenerator json, LiveStream stream, PublisherStats publisher)
            throws IOException {
        json.writeStringField("stream", stream.path().toString());
        StreamsJson.members(json, publisher);
    }

    private ApiResponse kick(ApiRequest request) {
        if (!streams.kick(request.stream(), "closed by the operator")) {
            throw nobody();
        }
        return ApiResponse.noContent();
    }

    private static ApiException nobody() {
        return ApiException.notFound("Nobody publishes this stream.");
    }

    private LiveStream find(ApiRequest request) {
        return streams.find(request.stream()).orElseThrow(() -> ApiException.notFound("This stream isn't live."));
    }

    private List<LiveStream> sorted() {
        return streams.live().stream()
                .sorted(Comparator.comparing(stream -> stream.path().toString()))
                .toList();
    }

    private void write(JsonGenerator json, LiveStream stream) throws IOException {
        StreamsJson.write(json, stream.stats(), multicasts.find(stream.path()));
        StreamsJson.hls(json, hls.state(stream.path()), hls.find(stream.path()));
        StreamsJson.hds(json, hds.state(stream.path()), hds.find(stream.path()));
        json.writeNumberField("httpViewers", audience.viewers(stream.path().toString()));
        StreamsJson.write(json, audience.players().stats(stream.path()));
    }
}
