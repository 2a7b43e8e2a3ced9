package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Holds a value against a schema, as far as the API's document uses schemas. */
final class SchemaCheck {
    private final OpenApiDocument document;
    private final List<String> violations;

    SchemaCheck(OpenApiDocument document, List<String> violations) {
        this.document = document;
        this.violations = violations;
    }

    void check(String path, JsonNode schemaOrReference, JsonNode value) {
        JsonNode schema = document.resolve(schemaOrReference);
        if (schema.has("oneOf")) {
            checkOneOf(path, schema.path("oneOf"), value);
            return;
        }
        if (!hasType(schema.path("type"), value)) {
            violations.add(path + " is not of type " + schema.path("type") + ": " + value);
            return;
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            violations.add(path + " is none of " + schema.path("enum") + ": " + value);
        }
        if (value.isTextual()) {
            checkText(path, schema, value.asText());
        } else if (value.isIntegralNumber()) {
            checkNumber(path, schema, value.asLong());
        }
        if (value.isArray() && value.size() < schema.path("minItems").asInt()) {
            violations.add(path + " has too few items: " + value);
        }
        if ("date-time".equals(schema.path("format").asText())) {
            Instant.parse(value.asText());
        }
        checkProperties(path, schema, value);
        for (int index = 0; index < value.size() && schema.has("items"); index++) {
            check(path + "[" + index + "]", schema.path("items"), value.get(index));
        }
    }

    private void checkOneOf(String path, JsonNode schemas, JsonNode value) {
        List<String> all = new ArrayList<>();
        int fitting = 0;
        for (JsonNode each : schemas) {
            List<String> found = new ArrayList<>();
            new SchemaCheck(document, found).check(path, each, value);
            fitting += found.isEmpty() ? 1 : 0;
            all.addAll(found);
        }
        if (fitting != 1) {
            violations.add(path + " is " + fitting + " of " + schemas.size() + " kinds: " + all);
        }
    }

    private void checkText(String path, JsonNode schema, String text) {
        Pattern pattern = Pattern.compile(schema.path("pattern").asText(""));
        if (!pattern.matcher(text).find()) {
            violations.add(path + " does not match: " + text);
        }
        boolean tooLong = text.length() > schema.path("maxLength").asInt(Integer.MAX_VALUE);
        if (tooLong || text.length() < schema.path("minLength").asInt()) {
            violations.add(path + " has " + text.length() + " characters");
        }
    }

    private void checkNumber(String path, JsonNode schema, long number) {
        boolean above = number > schema.path("maximum").asLong(Long.MAX_VALUE);
        if (above || number < schema.path("minimum").asLong(Long.MIN_VALUE)) {
            violations.add(path + " is out of range: " + number);
        }
    }

    private void checkProperties(String path, JsonNode schema, JsonNode value) {
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                violations.add(path + "." + required.asText() + " is missing");
            }
        }
        JsonNode others = schema.path("additionalProperties");
        for (String name : OpenApiDocument.names(value)) {
            String place = path + "." + name;
            if (schema.path("properties").has(name)) {
                check(place, schema.path("properties").path(name), value.path(name));
            } else if (others.isObject()) {
                check(place, others, value.path(name));
            } else if (others.isBoolean() && !others.asBoolean()) {
                violations.add(place + " is not documented");
            }
        }
    }

    private static boolean hasType(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            for (JsonNode each : type) {
                if (hasType(each, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (type.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            default -> false;
        };
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode each : list) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
