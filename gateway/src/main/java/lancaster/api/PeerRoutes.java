package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import lancaster.access.Role;
import lancaster.directory.NameRefusedException;
import lancaster.directory.PeerDirectory;
import lancaster.directory.PeerEntry;
import lancaster.rtmfp.crypto.PeerId;

/**
 * Names that peers are found under.
 *
 * @param control owns the directory
 */
public record PeerRoutes(PeerDirectory directory, Executor control) implements Routes {
    private static final String PEERS = "/api/v1/peers";
    private static final String ONE = PEERS + "/{name}";
    /** Whoever says nothing else renews it more often than that. */
    private static final long VALID_SECONDS = 300;

    private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", PEERS, Role.VIEW, "All names that peers are found under", on(this::all)),
                new Route("GET", ONE, Role.VIEW, "The peer ID of a name", on(this::one)),
                new Route("PUT", ONE, Role.OPERATE, "Register a name for a peer ID, or renew it", on(this::put)),
                new Route("DELETE", ONE, Role.OPERATE, "Forget a name", on(this::remove)));
    }

    private Handler on(Handler.Answer answer) {
        return Handler.on(control, answer);
    }

    private ApiResponse all(ApiRequest request) {
        return ApiResponse.json(json -> {
            json.writeArrayFieldStart("peers");
            for (PeerEntry entry : directory.all()) {
                json.writeStartObject();
                write(json, entry);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private ApiResponse one(ApiRequest request) {
        PeerEntry entry = directory
                .find(request.variable("name"))
                .orElseThrow(() -> ApiException.notFound("Nobody is registered under this name."));
        return ApiResponse.json(json -> write(json, entry));
    }

    private ApiResponse put(ApiRequest request) {
        Fields fields = Fields.of(request, "peerId", "validSeconds");
        PeerId peerId = peerId(fields.text("peerId"));
        Duration lifetime = Duration.ofSeconds(
                fields.number("validSeconds", 1, MOST_SECONDS).orElse(VALID_SECONDS));
        try {
            PeerEntry entry = directory.register(
                    request.variable("name"), peerId, request.who().name(), lifetime);
            return ApiResponse.json(json -> write(json, entry));
        } catch (NameRefusedException e) {
            String why = String.valueOf(e.getMessage());
            throw e.reason() == NameRefusedException.Reason.UNUSABLE
                    ? ApiException.unprocessable(List.of(why))
                    : ApiException.conflict(why);
        }
    }

    private ApiResponse remove(ApiRequest request) {
        if (!directory.remove(request.variable("name"))) {
            throw ApiException.notFound("Nobody is registered under this name.");
        }
        return ApiResponse.noContent();
    }

    private static PeerId peerId(String text) {
        try {
            return PeerId.parse(text);
        } catch (IllegalArgumentException e) {
            throw ApiException.unprocessable(List.of("peerId must be " + 2 * PeerId.LENGTH + " hexadecimal digits"));
        }
    }

    private static void write(JsonGenerator json, PeerEntry entry) throws IOException {
        json.writeStringField("name", entry.name());
        json.writeStringField("peerId", entry.peerId().toString());
        json.writeStringField("by", entry.by());
        json.writeStringField("until", entry.until().toString());
    }
}
