package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the API's document says, and whether answers keep to it. */
final class OpenApiDocument {
    private final JsonNode document;

    private OpenApiDocument(JsonNode document) {
        this.document = document;
    }

    static OpenApiDocument read() {
        try {
            return new OpenApiDocument(new YAMLMapper().readTree(OpenApi.read()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Each as {@code GET /path/{name}}. */
    SortedSet<String> operations() {
        SortedSet<String> operations = new TreeSet<>();
        for (String path : names(document.path("paths"))) {
            for (String method : names(document.path("paths").path(path))) {
                operations.add(method.toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        return operations;
    }

    JsonNode operation(String method, String path) {
        return document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    }

    /** The names of an operation's parameters that are in this place. */
    SortedSet<String> parameters(String method, String path, String place) {
        SortedSet<String> parameters = new TreeSet<>();
        for (JsonNode each : operation(method, path).path("parameters")) {
            JsonNode parameter = resolve(each);
            if (parameter.path("in").asText().equals(place)) {
                parameters.add(parameter.path("name").asText());
            }
        }
        return parameters;
    }

    /** The template that a path matches; the one with the fewest names in it if several do. */
    String template(String path) {
        return names(document.path("paths")).stream()
                .filter(each -> path.matches(each.replaceAll("\\{[a-z]+}", "[^/]+")))
                .min(Comparator.comparingInt(each -> each.split("\\{").length))
                .orElseThrow(() -> new AssertionError("not documented: " + path));
    }

    JsonNode response(String method, String path, int status) {
        return resolve(operation(method, path).path("responses").path(Integer.toString(status)));
    }

    /** In what a value differs from a response's schema; nothing if it keeps to it. */
    List<String> violations(JsonNode response, String mediaType, JsonNode value) {
        List<String> violations = new ArrayList<>();
        JsonNode schema = response.path("content").path(mediaType).path("schema");
        if (schema.isMissingNode()) {
            violations.add("has no schema for " + mediaType);
        }
        new SchemaCheck(this, violations).check("$", schema, value);
        return violations;
    }

    JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    /** Whether a value keeps to a schema. */
    boolean takes(JsonNode schema, JsonNode value) {
        List<String> violations = new ArrayList<>();
        new SchemaCheck(this, violations).check("$", schema, value);
        return violations.isEmpty();
    }

    JsonNode resolve(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isTextual() ? document.at(reference.asText().substring(1)) : node;
    }

    static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> each = node.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        return names;
    }
}
