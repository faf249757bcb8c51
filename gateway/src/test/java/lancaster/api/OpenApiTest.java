package lancaster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The document by itself; that it says what the gateway does is tested with a running one. */
class OpenApiTest {
    private final JsonNode document = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(OpenApi.document().toArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isOfTheVersionItSays() {
        assertEquals("3.1.0", document.get("openapi").asText());
        assertFalse(document.get("info").get("title").asText().isEmpty());
    }

    @Test
    void referencesLeadSomewhereAndNothingIsLeftOver() {
        Set<String> used = new HashSet<>();
        for (JsonNode reference : document.findValues("$ref")) {
            assertTrue(reference.asText().startsWith("#/"), reference.asText());
            assertFalse(document.at(reference.asText().substring(1)).isMissingNode(), reference.asText());
            used.add(reference.asText());
        }
        for (String kind : List.of("schemas", "parameters", "responses")) {
            document.at("/components/" + kind)
                    .properties()
                    .forEach(entry -> assertTrue(
                            used.contains("#/components/" + kind + "/" + entry.getKey()),
                            entry.getKey() + " is used by nobody"));
        }
    }

    @Test
    void operationsHaveNamesOfTheirOwnAndAllTheirVariables() {
        List<String> names = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode described = operation.getValue();
                    names.add(described.get("operationId").asText());
                    assertFalse(described.get("summary").asText().isEmpty());
                    assertTrue(
                            described.at("/responses/default").has("$ref"), "problems are described: " + path.getKey());
                    boolean takesStream =
                            described.path("parameters").toString().contains("#/components/parameters/stream");
                    assertEquals(path.getKey().contains("{stream}"), takesStream, path.getKey());
                }));
        assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
    }
}
