package lancaster.api;

import java.util.Map;
import lancaster.bytes.Bytes;

/**
 * An answer.
 *
 * @param headers besides those that describe the body
 */
public record ApiResponse(int status, Map<String, String> headers, Body body) {
    public static final String JSON = "application/json";

    /** What an answer holds. */
    public sealed interface Body {}

    /** Nothing. */
    public record None() implements Body {}

    /** Bytes that are there. */
    public record Whole(String contentType, Bytes bytes) implements Body {}

    /** What goes on until the reader leaves. */
    public record Endless(String contentType, Feed feed) implements Body {}

    public ApiResponse {
        headers = Map.copyOf(headers);
    }

    /** 200 with a JSON object. */
    public static ApiResponse json(Json.Body object) {
        return json(200, object);
    }

    public static ApiResponse json(int status, Json.Body object) {
        return of(status, JSON, Json.object(object));
    }

    public static ApiResponse of(int status, String contentType, Bytes bytes) {
        return new ApiResponse(status, Map.of(), new Whole(contentType, bytes));
    }

    /** 204: done, and nothing to say. */
    public static ApiResponse noContent() {
        return new ApiResponse(204, Map.of(), new None());
    }

    public static ApiResponse problem(Problem problem) {
        return of(problem.status(), Problem.CONTENT_TYPE, problem.bytes());
    }

    public ApiResponse withHeader(String name, String value) {
        Map<String, String> more = new java.util.LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiResponse(status, more, body);
    }
}
