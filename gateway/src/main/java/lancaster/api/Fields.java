package lancaster.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of a request's JSON object, each of which must be known. */
final class Fields {
    private static final int MAX_TEXT = 1_000;

    private final JsonNode object;

    private Fields(JsonNode object) {
        this.object = object;
    }

    static Fields of(ApiRequest request, String... known) {
        JsonNode object = Json.read(request.body());
        List<String> names = List.of(known);
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!names.contains(member.getKey())) {
                throw ApiException.unprocessable(
                        List.of("this isn't known here: a member besides " + String.join(", ", names)));
            }
        }
        return new Fields(object);
    }

    /** A text that must be there; what it is isn't repeated, for it may be a secret. */
    String text(String name) {
        return find(name).orElseThrow(() -> ApiException.unprocessable(List.of(name + " is missing; it is a text")));
    }

    Optional<String> find(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.asText().length() > MAX_TEXT) {
            throw ApiException.unprocessable(List.of(name + " must be a text of at most " + MAX_TEXT + " characters"));
        }
        return Optional.of(value.asText());
    }

    Optional<Long> number(String name, long least, long most) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        boolean fits = value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= least
                && value.longValue() <= most;
        if (!fits) {
            throw ApiException.unprocessable(List.of(name + " must be a whole number from " + least + " to " + most));
        }
        return Optional.of(value.longValue());
    }
}
