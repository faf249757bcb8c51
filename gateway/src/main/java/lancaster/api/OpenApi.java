package lancaster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import lancaster.bytes.Bytes;

/** The document that describes the API, put together from a file a resource. */
final class OpenApi {
    /** What all have in common, then what each adds to the same objects. */
    private static final List<String> PARTS = List.of(
            "base",
            "streams",
            "multicasts",
            "receivers",
            "statistics",
            "keys",
            "events",
            "doctor",
            "config",
            "unattended",
            "peers",
            "access");

    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenApi() {}

    static Bytes document() {
        ObjectNode document = JSON.createObjectNode();
        for (String part : PARTS) {
            add(document, read(part), part);
        }
        try {
            return Bytes.wrap(JSON.writeValueAsBytes(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(ObjectNode to, JsonNode part, String name) {
        for (Map.Entry<String, JsonNode> member : part.properties()) {
            JsonNode present = to.get(member.getKey());
            if (present == null) {
                to.set(member.getKey(), member.getValue());
            } else if (present instanceof ObjectNode object && member.getValue().isObject()) {
                add(object, member.getValue(), name);
            } else {
                throw new IllegalStateException(name + " describes " + member.getKey() + " again");
            }
        }
    }

    private static JsonNode read(String part) {
        String resource = "openapi/" + part + ".json";
        try (InputStream in = OpenApi.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
