package lancaster.api;

import java.util.List;
import lancaster.access.Role;
import lancaster.bytes.Bytes;

/** The description of the API. */
public final class OpenApiRoutes implements Routes {
    private final Bytes document = OpenApi.document();

    @Override
    public List<Route> routes() {
        return List.of(new Route(
                "GET",
                "/api/v1/openapi.json",
                Role.VIEW,
                "This description",
                Handler.now(request -> ApiResponse.of(200, ApiResponse.JSON, document))));
    }
}
