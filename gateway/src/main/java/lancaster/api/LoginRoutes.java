package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import lancaster.access.Caller;
import lancaster.access.ManageGate;
import lancaster.access.ManageGate.Entered;
import lancaster.access.Principal;
import lancaster.access.RefusedException;
import lancaster.access.Role;

/**
 * Logging in and out. A session is a cookie that scripts of pages can't read; scripts outside browsers have tokens.
 *
 * @param lifetime of a session at most
 * @param control may read and write files
 */
public record LoginRoutes(ManageGate gate, Duration lifetime, Executor control) implements Routes {
    private static final String SET_COOKIE = "Set-Cookie";
    private static final String LOGIN = "/api/v1/login";
    private static final String FIRST_LOGIN = "/api/v1/first-login";

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/me", Role.ANYONE, "Who asks, and what he may do", Handler.now(this::me)),
                new Route("POST", LOGIN, Role.ANYONE, "Log in with name and password", this::login),
                new Route(
                        "POST",
                        FIRST_LOGIN,
                        Role.ANYONE,
                        "Make an administrator with the one-time secret, and log in as that",
                        this::firstLogin),
                new Route("POST", "/api/v1/logout", Role.ANYONE, "Log out", Handler.now(this::logout)),
                new Route("PUT", "/api/v1/me/password", Role.VIEW, "Change the own password", this::password));
    }

    /**
     * Whether this is a way in. The gate writes down who came in and who didn't, with a limit: a flood of wrong guesses
     * must not wash everything else out of the audit log.
     */
    public static boolean isWayIn(Route route) {
        return route.template().equals(LOGIN) || route.template().equals(FIRST_LOGIN);
    }

    private ApiResponse me(ApiRequest request) {
        return ApiResponse.json(json -> {
            write(json, request.who());
            json.writeBooleanField("firstLogin", gate.isNew());
            json.writeBooleanField("secure", request.caller().secure());
        });
    }

    private CompletionStage<ApiResponse> login(ApiRequest request) {
        Fields fields = Fields.of(request, "name", "password");
        return entered(
                request,
                gate.login(
                        fields.text("name"),
                        fields.text("password"),
                        request.caller().from()));
    }

    private CompletionStage<ApiResponse> firstLogin(ApiRequest request) {
        Fields fields = Fields.of(request, "secret", "name", "password");
        return entered(
                request,
                gate.setUp(
                        fields.text("secret").strip(),
                        fields.text("name"),
                        fields.text("password"),
                        request.caller().from()));
    }

    private CompletionStage<ApiResponse> entered(ApiRequest request, CompletionStage<Entered> entering) {
        // What the browser showed before is no longer of use to anybody.
        request.caller().session().ifPresent(gate::logout);
        return entering.handle((entered, failure) -> {
            if (failure != null) {
                throw AccessProblems.of(failure);
            }
            return ApiResponse.json(json -> write(json, entered.who()))
                    .withHeader(SET_COOKIE, request.caller().setCookie(entered.session(), lifetime));
        });
    }

    private ApiResponse logout(ApiRequest request) {
        Caller caller = request.caller();
        caller.session().ifPresent(gate::logout);
        return ApiResponse.noContent().withHeader(SET_COOKIE, caller.setCookie("", Duration.ZERO));
    }

    /** Asks for the old one: a browser that was left open must not be enough. */
    private CompletionStage<ApiResponse> password(ApiRequest request) {
        Fields fields = Fields.of(request, "old", "new");
        String name = request.who().name();
        if (request.caller().session().isEmpty()) {
            throw ApiException.conflict("Who shows a token has no password.");
        }
        return gate.confirm(name, fields.text("old"), request.caller().from())
                .thenCompose(confirmed -> gate.hash(name, fields.text("new")))
                .handleAsync(
                        (hash, failure) -> {
                            if (failure != null) {
                                throw AccessProblems.of(failure);
                            }
                            try {
                                gate.desk().setPassword(name, hash);
                            } catch (IOException | RefusedException e) {
                                throw AccessProblems.of(e);
                            }
                            return logout(request);
                        },
                        control);
    }

    private static void write(JsonGenerator json, Principal who) throws IOException {
        json.writeStringField("name", who.name());
        json.writeStringField("role", who.role().word());
    }
}
