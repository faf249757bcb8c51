package lancaster.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import lancaster.access.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All routes: finds the one that is meant, and sees that the caller may do it. From any thread. */
public final class Api {
    public static final String PREFIX = "/api/";

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private record Entry(Route route, PathTemplate template) {}

    private record Match(Route route, Map<String, String> variables) {}

    /** Hears of everything that was asked and isn't a mere reading: for those who watch and for the audit log. */
    public interface ChangeListener {
        /**
         * @param request its body may hold secrets
         * @param status of the answer; from 400 on nothing was changed
         */
        void onAnswered(Route route, ApiRequest request, int status);
    }

    private final List<Entry> entries;
    private final ChangeListener changes;

    /** @param changes called on whatever thread answers */
    public Api(List<Route> routes, ChangeListener changes) {
        this.changes = changes;
        entries = routes.stream()
                .map(route -> new Entry(route, new PathTemplate(route.template())))
                .sorted(Comparator.comparingInt(
                                (Entry entry) -> entry.template().words())
                        .reversed())
                .toList();
    }

    public static Api of(ChangeListener changes, Routes... resources) {
        List<Route> routes = new ArrayList<>();
        for (Routes resource : resources) {
            routes.addAll(resource.routes());
        }
        return new Api(routes, changes);
    }

    public List<Route> routes() {
        return entries.stream().map(Entry::route).toList();
    }

    /** The least role that may do this; empty where there is nothing of the kind. */
    public Optional<Role> needs(String method, String path) {
        return find(method, path).map(match -> match.route().needs());
    }

    /** The methods that {@code path} has; empty where there is nothing. */
    public List<String> methods(String path) {
        TreeSet<String> methods = new TreeSet<>();
        for (Match match : matches(path)) {
            methods.add(match.route().method());
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return List.copyOf(methods);
    }

    /** The answer, whatever happens; problems are answers too. */
    public CompletionStage<ApiResponse> answer(ApiRequest request) {
        Optional<Match> match = find(request.method(), request.path());
        if (match.isEmpty()) {
            return CompletableFuture.completedFuture(nothing(request));
        }
        Route route = match.get().route();
        ApiRequest matched = request.withVariables(match.get().variables());
        CompletionStage<ApiResponse> answer = handle(route, matched).exceptionally(failure -> failed(request, failure));
        return route.method().equals("GET") ? answer : answer.thenApply(response -> told(route, matched, response));
    }

    private static CompletionStage<ApiResponse> handle(Route route, ApiRequest request) {
        if (!request.who().role().covers(route.needs())) {
            return CompletableFuture.failedFuture(new ApiException(
                    Problem.of(403, "This needs the role " + route.needs().word() + ".")));
        }
        try {
            return route.handler().handle(request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private ApiResponse told(Route route, ApiRequest request, ApiResponse response) {
        try {
            changes.onAnswered(route, request, response.status());
        } catch (RuntimeException e) {
            // What is done is done, and who asked for it must hear so.
            LOG.error("change untold method={} path={}", request.method(), request.path(), e);
        }
        return response;
    }

    private Optional<Match> find(String method, String path) {
        return matches(path).stream()
                .filter(match -> match.route().method().equals(method))
                .findFirst();
    }

    /** The routes of the template with the most words that fits: a word of the API is no stream's, by any method. */
    private List<Match> matches(String path) {
        List<Match> matches = new ArrayList<>();
        String template = "";
        for (Entry entry : entries) {
            String its = entry.route().template();
            Optional<Map<String, String>> variables =
                    matches.isEmpty() || its.equals(template) ? entry.template().match(path) : Optional.empty();
            if (variables.isPresent()) {
                template = its;
                matches.add(new Match(entry.route(), variables.get()));
            }
        }
        return matches;
    }

    private ApiResponse nothing(ApiRequest request) {
        List<String> methods = methods(request.path());
        if (methods.isEmpty()) {
            return ApiResponse.problem(
                    Problem.of(404, "There is nothing here; /api/v1/openapi.json says what there is."));
        }
        String allowed = String.join(", ", methods);
        return ApiResponse.problem(Problem.of(405, "Here only " + allowed + " can be used."))
                .withHeader("Allow", allowed);
    }

    private static ApiResponse failed(ApiRequest request, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ApiException known) {
            return ApiResponse.problem(known.problem());
        }
        LOG.error("api failed method={} path={}", request.method(), request.path(), cause);
        return ApiResponse.problem(Problem.of(
                500,
                "The gateway made a mistake; its log says which: "
                        + cause.getClass().getSimpleName()));
    }
}
