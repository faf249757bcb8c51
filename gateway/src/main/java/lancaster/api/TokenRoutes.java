package lancaster.api;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import lancaster.access.AccountDesk;
import lancaster.access.ApiToken;
import lancaster.access.RefusedException;
import lancaster.access.Role;

/**
 * What scripts show in place of a login.
 *
 * @param control may read and write files
 */
public record TokenRoutes(AccountDesk desk, InstantSource clock, Executor control) implements Routes {
    private static final String TOKENS = "/api/v1/tokens";
    private static final String ONE = TOKENS + "/{name}";
    private static final Duration LONGEST = Duration.ofDays(3650);

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", TOKENS, Role.ADMINISTER, "All tokens, without what is shown", on(this::all)),
                new Route("POST", TOKENS, Role.ADMINISTER, "Make a token; the answer shows it, once", on(this::add)),
                new Route("DELETE", ONE, Role.ADMINISTER, "Revoke a token", on(this::remove)));
    }

    private interface Work {
        ApiResponse on(ApiRequest request) throws IOException, RefusedException;
    }

    private Handler on(Work work) {
        return Handler.on(control, request -> {
            try {
                return work.on(request);
            } catch (IOException | RefusedException e) {
                throw AccessProblems.of(e);
            }
        });
    }

    private ApiResponse all(ApiRequest request) {
        return ApiResponse.json(json -> {
            json.writeArrayFieldStart("tokens");
            for (ApiToken token : desk.accounts().tokens()) {
                json.writeStartObject();
                json.writeStringField("name", token.name());
                json.writeStringField("role", token.role().word());
                json.writeStringField("madeBy", token.madeBy());
                json.writeStringField("created", token.created().toString());
                if (token.until().isPresent()) {
                    json.writeStringField("until", token.until().get().toString());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private ApiResponse add(ApiRequest request) throws IOException, RefusedException {
        Fields fields = Fields.of(request, "name", "role", "validSeconds");
        Role role = AccountRoutes.role(fields.text("role"));
        String name = fields.text("name");
        Optional<Long> valid = fields.number("validSeconds", 1, LONGEST.toSeconds());
        String token = desk.addToken(
                name,
                role,
                valid.map(seconds -> clock.instant().plusSeconds(seconds)),
                request.who().name());
        return ApiResponse.json(201, json -> {
            json.writeStringField("name", name);
            json.writeStringField("token", token);
        });
    }

    private ApiResponse remove(ApiRequest request) throws IOException, RefusedException {
        String name = request.variable("name");
        if (desk.accounts().token(name).isEmpty()) {
            throw ApiException.notFound("There is no such token.");
        }
        desk.removeToken(name);
        return ApiResponse.noContent();
    }
}
