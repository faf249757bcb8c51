package lancaster.api.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import lancaster.access.Role;
import lancaster.api.ApiException;
import lancaster.api.ApiRequest;
import lancaster.api.ApiResponse;
import lancaster.api.Json;
import lancaster.api.Problem;
import lancaster.api.Route;
import lancaster.api.Routes;
import lancaster.config.ConfigChange;
import lancaster.config.ConfigControl;
import lancaster.config.ConfigEditor;
import lancaster.config.ConfigError;
import lancaster.config.ConfigException;
import lancaster.config.ReloadReport;

/**
 * The configuration: what stands in its file, without secrets; what would come of another text; changes of it, which are
 * written back and put in force; and what stood there before. Who changes it says which text he has seen (If-Match).
 */
public record ConfigRoutes(ConfigEditor editor, ConfigControl control) implements Routes {
    private static final String CONFIG = "/api/v1/config";
    private static final String VERSIONS = CONFIG + "/versions";
    private static final String VERSION = VERSIONS + "/{version}";
    private static final String TEXT = "text";
    private static final String ANY = "*";

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", CONFIG, Role.OPERATE, "What stands in the file, without secrets", this::show),
                new Route("PUT", CONFIG, Role.ADMINISTER, "Replace the text", this::replace),
                new Route("PATCH", CONFIG, Role.ADMINISTER, "Change single keys", this::merge),
                new Route("POST", CONFIG + "/check", Role.OPERATE, "What would come of a text", this::check),
                new Route("POST", CONFIG + "/reload", Role.ADMINISTER, "Read the file again", this::reload),
                new Route("GET", VERSIONS, Role.OPERATE, "What stood in the file before", this::versions),
                new Route("GET", VERSION, Role.OPERATE, "A text of then, without secrets", this::version),
                new Route("POST", VERSION + "/restore", Role.ADMINISTER, "Write it back", this::restore));
    }

    private CompletionStage<ApiResponse> show(ApiRequest request) {
        return answer(
                editor.show(),
                shown -> tagged(shown.tag(), ApiResponse.json(json -> {
                    json.writeStringField("file", shown.file().toString());
                    json.writeStringField("etag", etag(shown.tag()));
                    json.writeBooleanField("writable", shown.writable());
                    if (shown.text().isPresent()) {
                        json.writeStringField(TEXT, shown.text().get());
                    }
                    if (shown.document().isPresent()) {
                        json.writeFieldName("document");
                        tree(json, shown.document().get());
                    }
                    errors(json, "errors", shown.errors());
                    errors(json, "warnings", shown.warnings());
                    json.writeObjectFieldStart("effective");
                    for (Map.Entry<String, List<String>> entry :
                            shown.effective().entrySet()) {
                        words(json, entry.getKey(), entry.getValue());
                    }
                    json.writeEndObject();
                    words(json, "overridden", shown.overridden());
                })));
    }

    private CompletionStage<ApiResponse> replace(ApiRequest request) {
        String text = text(request);
        return saved(withTag(request, tag -> editor.replace(tag, text)));
    }

    private CompletionStage<ApiResponse> merge(ApiRequest request) {
        String json = Json.read(request.body()).toString();
        return saved(withTag(request, tag -> editor.merge(tag, json)));
    }

    private CompletionStage<ApiResponse> restore(ApiRequest request) {
        return saved(withTag(request, tag -> editor.restore(tag, request.variable("version"))));
    }

    private CompletionStage<ApiResponse> check(ApiRequest request) {
        return answer(
                editor.check(text(request)),
                check -> ApiResponse.json(json -> {
                    json.writeBooleanField("good", check.errors().isEmpty());
                    errors(json, "errors", check.errors());
                    errors(json, "warnings", check.warnings());
                    changes(json, check.changes());
                }));
    }

    private CompletionStage<ApiResponse> reload(ApiRequest request) {
        return answer(control.reload(), report -> ApiResponse.json(json -> report(json, report)));
    }

    private CompletionStage<ApiResponse> versions(ApiRequest request) {
        return answer(
                editor.versions(),
                versions -> ApiResponse.json(json -> {
                    json.writeArrayFieldStart("versions");
                    for (ConfigEditor.Version version : versions) {
                        json.writeStartObject();
                        json.writeStringField("id", version.id());
                        json.writeNumberField("bytes", version.bytes());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }));
    }

    private CompletionStage<ApiResponse> version(ApiRequest request) {
        String id = request.variable("version");
        return answer(
                editor.version(id),
                text -> ApiResponse.json(json -> {
                    json.writeStringField("id", id);
                    json.writeStringField(TEXT, text);
                }));
    }

    private static CompletionStage<ApiResponse> saved(CompletionStage<ConfigEditor.Saved> saving) {
        return answer(
                saving,
                saved -> tagged(saved.tag(), ApiResponse.json(json -> {
                    json.writeStringField("etag", etag(saved.tag()));
                    report(json, saved.report());
                })));
    }

    private interface Change {
        CompletionStage<ConfigEditor.Saved> of(String tag);
    }

    /** A star stands for whatever is there (RFC 9110 §13.1.1). */
    private CompletionStage<ConfigEditor.Saved> withTag(ApiRequest request, Change change) {
        String wanted = Optional.ofNullable(request.headers().get("if-match"))
                .orElseThrow(() -> new ApiException(
                        Problem.of(428, "Say which text you have seen: If-Match with the ETag of " + CONFIG + ".")));
        return wanted.strip().equals(ANY)
                ? editor.show().thenCompose(shown -> change.of(shown.tag()))
                : change.of(wanted.strip().replace("\"", ""));
    }

    private static String text(ApiRequest request) {
        JsonNode text = Json.read(request.body()).path(TEXT);
        if (!text.isTextual()) {
            throw ApiException.unprocessable(
                    List.of("text is missing: the configuration as it shall stand in the file"));
        }
        return text.textValue();
    }

    private static String etag(String tag) {
        return '"' + tag + '"';
    }

    private static ApiResponse tagged(String tag, ApiResponse response) {
        return response.withHeader("ETag", etag(tag));
    }

    private static <T> CompletionStage<ApiResponse> answer(CompletionStage<T> work, Function<T, ApiResponse> answer) {
        return work.handle((done, failure) -> {
            if (failure == null) {
                return answer.apply(done);
            }
            throw refused(failure);
        });
    }

    private static RuntimeException refused(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof UncheckedIOException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ConfigException wrong) {
            return new ApiException(new Problem(
                    422,
                    "The configuration has errors; nothing was changed.",
                    wrong.errors().stream().map(ConfigRoutes::fault).toList()));
        }
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof ConfigEditor.StaleException) {
            return new ApiException(Problem.of(412, "The file has been changed meanwhile; read it again."));
        }
        if (cause instanceof ConfigEditor.MissingException) {
            return ApiException.conflict(message);
        }
        if (cause instanceof NoSuchFileException) {
            return ApiException.notFound("There is no such file or version.");
        }
        if (cause instanceof IOException) {
            return ApiException.conflict("The file can't be used: " + cause);
        }
        return cause instanceof IllegalArgumentException
                ? ApiException.unprocessable(List.of(message))
                : new CompletionException(cause);
    }

    private static Problem.Fault fault(ConfigError error) {
        String detail = error.message()
                + error.nearest().map(key -> " (did you mean " + key + "?)").orElse("");
        return new Problem.Fault(
                detail,
                Optional.of(error.path()).filter(path -> !path.isEmpty()),
                error.line() > 0 ? OptionalInt.of(error.line()) : OptionalInt.empty());
    }

    private static void report(JsonGenerator json, ReloadReport report) throws IOException {
        changes(json, report.changes());
        words(json, "actions", report.actions());
        words(json, "restarts", report.restarts());
        errors(json, "warnings", report.warnings());
    }

    private static void changes(JsonGenerator json, List<ConfigChange> changes) throws IOException {
        json.writeArrayFieldStart("changes");
        for (ConfigChange change : changes) {
            json.writeStartObject();
            json.writeStringField("path", change.path());
            json.writeStringField("kind", change.kind().toString().toLowerCase(java.util.Locale.ROOT));
            json.writeArrayFieldStart("keys");
            for (ConfigChange.Key key : change.keys()) {
                json.writeStartObject();
                json.writeStringField("name", key.name());
                json.writeStringField("effect", key.effect().text());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void errors(JsonGenerator json, String name, List<ConfigError> errors) throws IOException {
        json.writeArrayFieldStart(name);
        for (ConfigError error : errors) {
            json.writeStartObject();
            json.writeStringField("detail", fault(error).detail());
            if (!error.path().isEmpty()) {
                json.writeStringField("path", error.path());
            }
            if (error.line() > 0) {
                json.writeNumberField("line", error.line());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void words(JsonGenerator json, String name, List<String> words) throws IOException {
        json.writeArrayFieldStart(name);
        for (String word : words) {
            json.writeString(word);
        }
        json.writeEndArray();
    }

    private static void tree(JsonGenerator json, Object tree) throws IOException {
        if (tree instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                tree(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (tree instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                tree(json, item);
            }
            json.writeEndArray();
        } else if (tree instanceof String word) {
            json.writeString(word);
        } else {
            json.writeNull();
        }
    }
}
