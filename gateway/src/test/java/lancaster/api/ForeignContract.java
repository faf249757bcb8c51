package lancaster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.ValidatableResponse;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.ValidatedRequestImpl;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests and answers against the description of the API, as Vert.x, which serves by such descriptions, reads it. */
public final class ForeignContract implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private final OpenAPIContract contract;
    private final RequestValidator requests;
    private final ResponseValidator responses;

    public ForeignContract(JsonNode document) {
        contract = await(
                OpenAPIContract.from(vertx, new JsonObject(readable(document).toString())));
        requests = RequestValidator.create(vertx, contract);
        responses = ResponseValidator.create(vertx, contract);
    }

    /** It knows no type of JSON by another name, and none of what has no end. */
    private static JsonNode readable(JsonNode document) {
        JsonNode copy = document.deepCopy();
        for (JsonNode content : copy.findValues("content")) {
            ObjectNode types = (ObjectNode) content;
            JsonNode problem = types.remove(PROBLEM);
            if (problem != null) {
                types.set(JSON, problem);
            }
            types.retain(JSON);
        }
        return copy;
    }

    /** Why {@code answer} isn't what the description promises; empty if it is. */
    public String faultOf(String method, String template, HttpResponse<?> answer, String body) {
        Map<String, String> headers = new HashMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        ValidatableResponse given = body.isEmpty()
                ? ValidatableResponse.create(answer.statusCode(), headers)
                : ValidatableResponse.create(
                        answer.statusCode(),
                        headers,
                        Buffer.buffer(body),
                        answer.headers().firstValue("Content-Type").orElse(""));
        return fault(responses.validate(given, operation(method, template).getOperationId()));
    }

    /**
     * Why nobody could ask so; empty if it is as described.
     *
     * @param path of the request; its variables stand where {@code template} has them
     * @param body of JSON, or empty
     */
    public String faultOf(String method, String template, String path, String body) {
        return fault(requests.validate(
                new Asked(variables(template, path), body),
                operation(method, template).getOperationId()));
    }

    private Operation operation(String method, String template) {
        return contract.getPaths().stream()
                .filter(path -> path.getName().equals(template))
                .flatMap(path -> path.getOperations().stream())
                .filter(operation -> operation.getHttpMethod().equals(HttpMethod.valueOf(method)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " " + template + " isn't described"));
    }

    private static Map<String, RequestParameter> variables(String template, String path) {
        Map<String, RequestParameter> found = new HashMap<>();
        Matcher names = Pattern.compile("\\{(\\w+)}").matcher(template);
        Matcher values =
                Pattern.compile(template.replaceAll("\\{\\w+}", "(.+)")).matcher(path);
        for (int i = 1; values.matches() && names.find(); i++) {
            found.put(names.group(1), new RequestParameterImpl(values.group(i)));
        }
        return found;
    }

    private static String fault(Future<?> validation) {
        try {
            await(validation);
            return "";
        } catch (CompletionException e) {
            return String.valueOf(e.getCause());
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    /** What somebody asks, taken apart. */
    private static final class Asked extends ValidatedRequestImpl implements ValidatableRequest {
        private final String type;

        Asked(Map<String, RequestParameter> variables, String body) {
            super(
                    Map.of(),
                    Map.of("If-Match", new RequestParameterImpl("*")),
                    variables,
                    Map.of(),
                    new RequestParameterImpl(body.isEmpty() ? null : Buffer.buffer(body)));
            type = body.isEmpty() ? "" : JSON;
        }

        @Override
        public String getContentType() {
            return type;
        }
    }
}
