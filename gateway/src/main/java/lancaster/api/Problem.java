package lancaster.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import lancaster.bytes.Bytes;

/**
 * Why something can't be answered (RFC 9457), for people and programs.
 *
 * @param detail what is wrong with this request, and what to do about it
 * @param errors each thing that is wrong, where it can be named
 */
public record Problem(int status, String detail, List<Fault> errors) {
    public static final String CONTENT_TYPE = "application/problem+json";

    /** Reason phrases of RFC 9110 §15; the type about:blank wants them as titles (RFC 9457 §4.2.1). */
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(409, "Conflict"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(428, "Precondition Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    /**
     * One thing that is wrong.
     *
     * @param path of the key it is about, such as {@code streams.live/a.multicast.ttl}
     * @param line of the text that was sent
     */
    public record Fault(String detail, Optional<String> path, OptionalInt line) {
        public static Fault of(String detail) {
            return new Fault(detail, Optional.empty(), OptionalInt.empty());
        }
    }

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(int status, String detail) {
        return new Problem(status, detail, List.of());
    }

    Bytes bytes() {
        return Json.object(json -> {
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", TITLES.getOrDefault(status, "Error"));
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            if (!errors.isEmpty()) {
                json.writeArrayFieldStart("errors");
                for (Fault error : errors) {
                    json.writeStartObject();
                    json.writeStringField("detail", error.detail());
                    if (error.path().isPresent()) {
                        json.writeStringField("path", error.path().get());
                    }
                    if (error.line().isPresent()) {
                        json.writeNumberField("line", error.line().getAsInt());
                    }
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
        });
    }
}
