package lancaster.api;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import lancaster.access.AuditEntry;
import lancaster.access.AuditLog;
import lancaster.access.Role;

/**
 * Who changed what.
 *
 * @param control may read files
 */
public record AuditRoutes(AuditLog audit, Executor control) implements Routes {
    private static final long MOST = 1_000;

    @Override
    public List<Route> routes() {
        return List.of(new Route(
                "GET",
                "/api/v1/audit",
                Role.ADMINISTER,
                "What was done of late and by whom, the newest first",
                Handler.on(control, this::last)));
    }

    private ApiResponse last(ApiRequest request) {
        int limit = (int) request.number("limit", 100, 1, MOST);
        List<AuditEntry> entries;
        try {
            entries = audit.last(limit);
        } catch (IOException e) {
            throw ApiException.conflict("The file can't be read: " + e.getMessage());
        }
        return ApiResponse.json(json -> {
            json.writeArrayFieldStart("entries");
            for (AuditEntry entry : entries) {
                json.writeStartObject();
                json.writeStringField("at", entry.at().toString());
                json.writeStringField("who", entry.who());
                if (entry.role().isPresent()) {
                    json.writeStringField("role", entry.role().get().word());
                }
                json.writeStringField("from", entry.from());
                json.writeStringField("what", entry.what());
                json.writeStringField("outcome", entry.outcome());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
