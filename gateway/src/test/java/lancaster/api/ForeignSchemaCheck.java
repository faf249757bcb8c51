package lancaster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Map;

/** Values against the description of the API, by a validator of JSON Schema (2020-12) that others wrote; formats count. */
public final class ForeignSchemaCheck {
    private static final String ADDRESS = "https://lancaster.example/openapi.json";
    private static final SchemaLocation DIALECT = SchemaLocation.of("https://json-schema.org/draft/2020-12/schema");
    private static final SchemaValidatorsConfig FORMATS_COUNT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonSchemaFactory factory;

    public ForeignSchemaCheck(JsonNode document) {
        factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(ADDRESS, document.toString()))));
    }

    /** What is wrong with {@code value}; nothing if it is as the schema at {@code pointer} says. */
    public List<String> faults(String pointer, JsonNode value) {
        JsonSchema schema = factory.getSchema(
                SchemaLocation.of(ADDRESS + '#' + pointer.replace("{", "%7B").replace("}", "%7D")), FORMATS_COUNT);
        return texts(schema, value);
    }

    /** What is wrong with a schema itself, by the schema of schemas. */
    List<String> faultsOfSchema(JsonNode schema) {
        return texts(factory.getSchema(DIALECT, FORMATS_COUNT), schema);
    }

    private static List<String> texts(JsonSchema schema, JsonNode value) {
        return schema.validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
