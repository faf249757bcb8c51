package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lancaster.access.AccessStats;
import lancaster.access.Role;
import lancaster.directory.DirectoryStats;
import lancaster.output.Audience;
import lancaster.output.MulticastOutput;
import lancaster.output.MulticastOutputStats;
import lancaster.output.MulticastOutputs;
import lancaster.rtmfp.net.RtmfpServerStats;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamStats;

/**
 * How the gateway does as a whole.
 *
 * @param rtmfp what lies below the connections by RTMFP, if it is listened on
 * @param directory names of its peers
 * @param since when it was started
 * @param unready what keeps it from being ready
 */
public record StatisticsRoutes(
        StreamRegistry streams,
        MulticastOutputs multicasts,
        Audience audience,
        Supplier<AccessStats> access,
        Supplier<Optional<RtmfpServerStats>> rtmfp,
        Supplier<DirectoryStats> directory,
        Supplier<List<String>> unready,
        String version,
        Instant since,
        InstantSource clock)
        implements Routes {
    @Override
    public List<Route> routes() {
        return List.of(new Route(
                "GET", "/api/v1/statistics", Role.VIEW, "How the gateway does as a whole", Handler.now(this::all)));
    }

    private ApiResponse all(ApiRequest request) {
        Instant now = clock.instant();
        return ApiResponse.json(json -> {
            json.writeStringField("version", version);
            json.writeStringField("now", now.toString());
            json.writeStringField("since", since.toString());
            json.writeNumberField(
                    "uptimeSeconds", Math.max(0, Duration.between(since, now).toSeconds()));
            json.writeArrayFieldStart("unready");
            for (String reason : unready.get()) {
                json.writeString(reason);
            }
            json.writeEndArray();
            streams(json);
            multicasts(json);
            json.writeObjectFieldStart("access");
            json.writeNumberField("wrongKeys", access.get().wrongKeys());
            json.writeNumberField("ignoredAttempts", access.get().ignored());
            json.writeEndObject();
            Optional<RtmfpServerStats> peers = rtmfp.get();
            if (peers.isPresent()) {
                RtmfpJson.write(json, peers.get());
            }
            RtmfpJson.write(json, directory.get());
            memory(json);
        });
    }

    private void streams(JsonGenerator json) throws IOException {
        int live = 0;
        int publishing = 0;
        long bits = 0;
        long viewers = 0;
        for (LiveStream stream : streams.live()) {
            StreamStats stats = stream.stats();
            live++;
            publishing += stats.publisher().isPresent() ? 1 : 0;
            bits += stats.tracks().stream()
                    .mapToLong(StreamStats.TrackStats::bitsPerSecond)
                    .sum();
            viewers += audience.viewers(stats.path().toString());
        }
        json.writeNumberField("streams", live);
        json.writeNumberField("publishers", publishing);
        json.writeNumberField("inputBitsPerSecond", bits);
        json.writeNumberField("httpViewers", viewers);
        json.writeNumberField("rtmpPlayers", audience.players().total().players());
    }

    private void multicasts(JsonGenerator json) throws IOException {
        int sending = 0;
        long bits = 0;
        for (MulticastOutput output : multicasts.all()) {
            MulticastOutputStats stats = output.stats();
            sending += stats.state() == MulticastOutputStats.State.SENDING ? 1 : 0;
            bits += stats.counters().bitsPerSecond();
        }
        json.writeObjectFieldStart("multicast");
        json.writeNumberField("sending", sending);
        json.writeNumberField("bitsPerSecond", bits);
        json.writeNumberField("latenessP99Us", multicasts.pacing().lateness().p99Ns() / 1_000);
        json.writeEndObject();
    }

    private static void memory(JsonGenerator json) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        json.writeObjectFieldStart("memory");
        json.writeNumberField("usedBytes", runtime.totalMemory() - runtime.freeMemory());
        json.writeNumberField("limitBytes", runtime.maxMemory());
        json.writeEndObject();
        json.writeNumberField("processors", runtime.availableProcessors());
    }
}
