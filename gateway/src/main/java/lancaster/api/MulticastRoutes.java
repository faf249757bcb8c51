package lancaster.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import lancaster.access.Role;
import lancaster.output.MulticastOutput;
import lancaster.output.MulticastOutputStats;
import lancaster.output.MulticastOutputs;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;

/**
 * The IP multicast of live streams. POST starts the output of a stream, PATCH changes it, DELETE stops it; a body holds
 * keys of its section in the configuration, as a JSON object.
 */
public record MulticastRoutes(StreamRegistry streams, MulticastOutputs outputs, Changes changes) implements Routes {
    private static final String MULTICASTS = "/api/v1/multicasts";
    private static final String ONE = MULTICASTS + "/{stream...}";

    /** Reads the change that a JSON object asks for; what is wrong comes out when it is applied. */
    public interface Changes {
        MulticastOutputs.Change read(String json, StreamPath path);
    }

    /** Starts or changes an output. */
    private interface Act {
        CompletionStage<Optional<MulticastOutputStats>> on(Optional<LiveStream> stream, MulticastOutputs.Change change);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", MULTICASTS, Role.VIEW, "All multicast outputs", Handler.now(this::all)),
                new Route("GET", ONE, Role.VIEW, "The multicast output of a stream", Handler.now(this::one)),
                new Route("POST", ONE, Role.OPERATE, "Start it", request -> with(request, outputs::start)),
                new Route("PATCH", ONE, Role.OPERATE, "Change it", request -> with(request, outputs::change)),
                new Route("DELETE", ONE, Role.OPERATE, "Stop it", this::stop),
                new Route(
                        "POST",
                        ONE + "/check",
                        Role.VIEW,
                        "What would come of a change, with the address plan's warnings; nothing is changed",
                        this::check));
    }

    private ApiResponse all(ApiRequest request) {
        return ApiResponse.json(json -> MulticastsJson.all(json, outputs));
    }

    private ApiResponse one(ApiRequest request) {
        return answer(streams.find(request.stream())
                .flatMap(live -> outputs.find(live.path()))
                .map(MulticastOutput::stats));
    }

    private CompletionStage<ApiResponse> with(ApiRequest request, Act act) {
        Optional<LiveStream> stream = streams.find(request.stream());
        String text = text(request);
        MulticastOutputs.Change change = (present, others) -> stream.isEmpty()
                ? present
                : changes.read(text, stream.get().path()).apply(present, others);
        return settled(act.on(stream, change));
    }

    private CompletionStage<ApiResponse> check(ApiRequest request) {
        StreamPath stream = request.stream();
        String text = text(request);
        return outputs.propose(
                        stream, (present, others) -> changes.read(text, stream).apply(present, others))
                .handle((proposal, failure) -> {
                    if (failure != null) {
                        throw refused(failure);
                    }
                    return ApiResponse.json(json -> {
                        json.writeStringField("stream", stream.toString());
                        MulticastsJson.write(json, proposal);
                    });
                });
    }

    /** What is null in JSON is empty in a configuration, where it means another thing than who sends it thinks. */
    private static String text(ApiRequest request) {
        if (hasNull(Json.read(request.body()))) {
            throw ApiException.unprocessable(List.of("null says nothing here; none, auto or leaving it out do"));
        }
        return new String(request.body().toArray(), StandardCharsets.UTF_8);
    }

    private static boolean hasNull(JsonNode node) {
        for (JsonNode member : node) {
            if (member.isNull() || hasNull(member)) {
                return true;
            }
        }
        return false;
    }

    private CompletionStage<ApiResponse> stop(ApiRequest request) {
        return settled(outputs.stop(streams.find(request.stream())));
    }

    private static CompletionStage<ApiResponse> settled(CompletionStage<Optional<MulticastOutputStats>> settled) {
        return settled.handle((stats, failure) -> {
            if (failure == null) {
                return answer(stats);
            }
            throw refused(failure);
        });
    }

    /** Changes say what is wrong with them, one thing a line. */
    private static RuntimeException refused(Throwable failure) {
        if (failure instanceof IllegalArgumentException) {
            String message = String.valueOf(failure.getMessage());
            return ApiException.unprocessable(Arrays.asList(message.split("\n", -1)));
        }
        return new CompletionException(failure);
    }

    private static ApiResponse answer(Optional<MulticastOutputStats> stats) {
        if (stats.isEmpty()) {
            throw ApiException.notFound("This stream isn't live, or doesn't go out as multicast.");
        }
        return ApiResponse.json(json -> MulticastsJson.write(json, stats.get()));
    }
}
