package lancaster.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Values against the part of JSON Schema that the description of the API uses. What it doesn't know it refuses. */
public final class SchemaCheck {
    /** Say nothing about a value. */
    private static final Set<String> ANNOTATIONS = Set.of("description", "default", "example");

    private final JsonNode document;

    public SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with {@code value}; nothing if it is as {@code schema} says. */
    public List<String> faults(JsonNode schema, JsonNode value) {
        List<String> faults = new ArrayList<>();
        check(schema, value, "$", faults);
        return faults;
    }

    /** The schema, behind its reference. */
    public JsonNode resolved(JsonNode schema) {
        JsonNode reference = schema.get("$ref");
        return reference == null
                ? schema
                : resolved(document.at(reference.asText().substring(1)));
    }

    private void check(JsonNode schema, JsonNode value, String where, List<String> faults) {
        for (Map.Entry<String, JsonNode> rule : schema.properties()) {
            if (!ANNOTATIONS.contains(rule.getKey())
                    && !keeps(rule.getKey(), rule.getValue(), schema, value, where, faults)) {
                faults.add(where + " is " + value + " against " + rule.getKey() + " " + rule.getValue());
            }
        }
    }

    private boolean keeps(
            String rule, JsonNode wanted, JsonNode schema, JsonNode value, String where, List<String> faults) {
        return switch (rule) {
            case "$ref" -> {
                check(resolved(schema), value, where, faults);
                yield true;
            }
            case "type" -> hasType(wanted, value);
            case "enum" -> among(wanted, value);
            case "const" -> wanted.equals(value);
            case "anyOf" -> {
                boolean any = false;
                for (JsonNode one : wanted) {
                    any |= faults(one, value).isEmpty();
                }
                yield any;
            }
            case "minimum" -> !value.isNumber() || value.asDouble() >= wanted.asDouble();
            case "maximum" -> !value.isNumber() || value.asDouble() <= wanted.asDouble();
            case "maxLength" -> !value.isTextual() || value.asText().length() <= wanted.asInt();
            case "pattern" ->
                !value.isTextual()
                        || Pattern.compile(wanted.asText())
                                .matcher(value.asText())
                                .find();
            case "format" -> !value.isTextual() || hasFormat(wanted.asText(), value.asText());
            case "required" -> hasAll(wanted, value);
            case "items" -> {
                for (int i = 0; i < value.size() && value.isArray(); i++) {
                    check(wanted, value.get(i), where + "[" + i + "]", faults);
                }
                yield true;
            }
            case "properties" -> {
                for (Map.Entry<String, JsonNode> member : wanted.properties()) {
                    if (value.has(member.getKey())) {
                        check(member.getValue(), value.get(member.getKey()), where + "." + member.getKey(), faults);
                    }
                }
                yield true;
            }
            case "additionalProperties" -> {
                for (Map.Entry<String, JsonNode> member : value.properties()) {
                    if (schema.path("properties").has(member.getKey())) {
                        continue;
                    }
                    if (wanted.isBoolean() && !wanted.asBoolean()) {
                        faults.add(where + "." + member.getKey() + " isn't described");
                    } else if (wanted.isObject()) {
                        check(wanted, member.getValue(), where + "." + member.getKey(), faults);
                    }
                }
                yield true;
            }
            default -> throw new IllegalArgumentException("this check doesn't know the rule " + rule);
        };
    }

    private static boolean hasType(JsonNode wanted, JsonNode value) {
        if (wanted.isArray()) {
            for (JsonNode one : wanted) {
                if (hasType(one, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (wanted.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("there is no type " + wanted);
        };
    }

    private static boolean among(JsonNode wanted, JsonNode value) {
        for (JsonNode one : wanted) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasAll(JsonNode wanted, JsonNode value) {
        for (JsonNode name : wanted) {
            if (!value.has(name.asText())) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasFormat(String format, String text) {
        if (!format.equals("date-time")) {
            throw new IllegalArgumentException("this check doesn't know the format " + format);
        }
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
