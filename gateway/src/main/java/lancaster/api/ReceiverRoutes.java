package lancaster.api;

import java.util.List;
import lancaster.access.Role;
import lancaster.receiver.Receivers;
import lancaster.receiver.ReceptionStats;

/** Streams that are received from elsewhere. */
public record ReceiverRoutes(Receivers receivers) implements Routes {
    @Override
    public List<Route> routes() {
        return List.of(new Route(
                "GET", "/api/v1/receivers", Role.VIEW, "How streams arrive that are received", Handler.now(this::all)));
    }

    private ApiResponse all(ApiRequest request) {
        return ApiResponse.json(json -> {
            json.writeArrayFieldStart("receivers");
            for (ReceptionStats stats : receivers.all()) {
                json.writeStartObject();
                ReceiversJson.write(json, stats);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
