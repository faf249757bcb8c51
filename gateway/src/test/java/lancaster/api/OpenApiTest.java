package lancaster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apicurio.datamodels.Library;
import io.apicurio.datamodels.validation.DefaultSeverityRegistry;
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

    /** The rules of OpenAPI 3.1 as Apicurio has them. */
    @Test
    void othersFindNothingWrongWithIt() {
        assertEquals(List.of(), faultsByOthers(document));
        ObjectNode wrong = document.deepCopy();
        ((ObjectNode) wrong.at("/paths/~1api~1v1~1statistics/get")).put("sumary", "of that name there is none");
        ((ObjectNode) wrong.at("/paths/~1api~1v1~1peers~1{name}/get")).remove("parameters");
        assertEquals(2, faultsByOthers(wrong).size(), "it looks");
    }

    private static List<String> faultsByOthers(JsonNode description) {
        ObjectNode read = description.deepCopy();
        // Its release 2.2.6 fails over an example that isn't one of several.
        for (JsonNode parameter : read.findParents("in")) {
            ((ObjectNode) parameter).remove("example");
        }
        return Library.validate(Library.readDocument(read), new DefaultSeverityRegistry()).stream()
                .map(problem -> problem.nodePath + " " + problem.message)
                .toList();
    }

    @Test
    void itsSchemasAreSchemasToOthers() {
        ForeignSchemaCheck others = new ForeignSchemaCheck(document);
        List<JsonNode> schemas = new ArrayList<>(document.findValues("schema"));
        document.at("/components/schemas").forEach(schemas::add);
        assertTrue(schemas.size() > 60, schemas.size() + " schemas");
        for (JsonNode schema : schemas) {
            assertEquals(List.of(), others.faultsOfSchema(schema), schema.toString());
        }
        assertFalse(others.faultsOfSchema(JsonNodeFactory.instance.objectNode().put("type", "int"))
                .isEmpty());
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
