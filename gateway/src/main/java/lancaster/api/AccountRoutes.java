package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import lancaster.access.Account;
import lancaster.access.ManageGate;
import lancaster.access.RefusedException;
import lancaster.access.Role;
import lancaster.access.crypto.PasswordHash;

/**
 * Who may log in.
 *
 * @param control may read and write files
 */
public record AccountRoutes(ManageGate gate, Executor control) implements Routes {
    private static final String ACCOUNTS = "/api/v1/accounts";
    private static final String ONE = ACCOUNTS + "/{name}";

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", ACCOUNTS, Role.ADMINISTER, "All accounts", Handler.on(control, this::all)),
                new Route("POST", ACCOUNTS, Role.ADMINISTER, "Make an account", this::add),
                new Route("PATCH", ONE, Role.ADMINISTER, "Change the role or the password of an account", this::change),
                new Route("DELETE", ONE, Role.ADMINISTER, "Remove an account", Handler.on(control, this::remove)));
    }

    private ApiResponse all(ApiRequest request) {
        return ApiResponse.json(json -> {
            json.writeArrayFieldStart("accounts");
            for (Account account : gate.desk().accounts().accounts()) {
                write(json, account);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, Account account) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", account.name());
        json.writeStringField("role", account.role().word());
        json.writeStringField("passwordSet", account.changed().toString());
        json.writeEndObject();
    }

    private CompletionStage<ApiResponse> add(ApiRequest request) {
        Fields fields = Fields.of(request, "name", "role", "password");
        String name = fields.text("name");
        Role role = role(fields.text("role"));
        ApiResponse made = ApiResponse.json(201, json -> {
            json.writeStringField("name", name);
            json.writeStringField("role", role.word());
        });
        return settled(gate.hash(name, fields.text("password")).thenApply(Optional::of), made, hash -> gate.desk()
                .add(name, role, hash.orElseThrow()));
    }

    private CompletionStage<ApiResponse> change(ApiRequest request) {
        Fields fields = Fields.of(request, "role", "password");
        String name = request.variable("name");
        Optional<Role> role = fields.find("role").map(AccountRoutes::role);
        Optional<String> password = fields.find("password");
        if (gate.desk().accounts().account(name).isEmpty()) {
            throw ApiException.notFound("There is no such account.");
        }
        CompletionStage<Optional<PasswordHash>> hash = password.isPresent()
                ? gate.hash(name, password.get()).thenApply(Optional::of)
                : CompletableFuture.completedFuture(Optional.empty());
        return settled(hash, ApiResponse.noContent(), made -> {
            if (role.isPresent()) {
                gate.desk().setRole(name, role.get());
            }
            if (made.isPresent()) {
                gate.desk().setPassword(name, made.get());
            }
        });
    }

    private ApiResponse remove(ApiRequest request) {
        String name = request.variable("name");
        if (gate.desk().accounts().account(name).isEmpty()) {
            throw ApiException.notFound("There is no such account.");
        }
        try {
            gate.desk().remove(name);
            return ApiResponse.noContent();
        } catch (IOException | RefusedException e) {
            throw AccessProblems.of(e);
        }
    }

    private interface Change {
        void by(Optional<PasswordHash> hash) throws IOException, RefusedException;
    }

    private CompletionStage<ApiResponse> settled(
            CompletionStage<Optional<PasswordHash>> hashing, ApiResponse done, Change change) {
        return hashing.handleAsync(
                (hash, failure) -> {
                    if (failure != null) {
                        throw AccessProblems.of(failure);
                    }
                    try {
                        change.by(hash);
                    } catch (IOException | RefusedException e) {
                        throw AccessProblems.of(e);
                    }
                    return done;
                },
                control);
    }

    static Role role(String word) {
        return Role.parse(word).orElseThrow(() -> ApiException.unprocessable(List.of("role must be " + Role.WORDS)));
    }
}
