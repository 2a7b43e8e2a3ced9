package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.id.RolloutId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The document refuses a value of a request where the code does, and only there: each key of each
 * body is tried with values at and beyond what either allows.
 */
class OpenApiStrictnessIT {
    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "x",
                    "1",
                    "0",
                    "none",
                    "a\u001b[31m",
                    "a\u0085b",
                    "a\nb",
                    "x".repeat(200),
                    "x".repeat(201),
                    "x".repeat(2000),
                    "x".repeat(2001),
                    "0123abcd",
                    "0123ABCD",
                    "pg/acme",
                    "pg/acme/s",
                    "pg/a/b/c",
                    "pg/" + "x".repeat(63),
                    "pg/" + "x".repeat(64),
                    "10m",
                    "1h30m",
                    "30m1h",
                    "0s",
                    "0ms",
                    "PT1S",
                    "PT0S",
                    "P",
                    "-1s",
                    "1%",
                    "100%",
                    "101%",
                    "5%%");
    private static final int[] NUMBERS = {
        -1, 0, 1, 100, 101, 1000, 1001, 100_000, 100_001, 10_000_000, 10_000_001
    };

    private final HttpFixture api = new HttpFixture();
    private final OpenApiDocument document = OpenApiDocument.read();

    @AfterEach
    void close() {
        api.close();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), "t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/rollouts | RolloutOpening | {'plan':'01234567','strategy':{'select':"
                        + "{'databases':['pg/a']},'waves':[{'name':'a','databases':['pg/a'],"
                        + "'checks':[{'name':'c','query':'q','expect':'1'}]}],"
                        + "'checks':[{'name':'c','query':'q','expect':'1'}]}}",
                "/api/v1/rollouts/r-1/pause | Said | {}",
                "/api/v1/rollouts/r-1/approve | Approval | {}",
                "/api/v1/rollouts/r-1/retry | Retry | {'databases':['pg/a']}",
                "/api/v1/rollouts/r-1/repair | Repair | {'databases':['pg/a']}",
                "/api/v1/rollouts/r-1/skip | Skip | {'databases':['pg/a']}",
                "/api/v1/rollouts/r-1/rollback | Rollback | {'databases':['pg/a']}",
            })
    void bodyIsRefusedByBothOrByNeither(String path, String schema, String sample) {
        ObjectNode body = json(sample.replace('\'', '"'));
        assertThat(document.takes(document.schema(schema), body)).as(sample).isTrue();
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, JsonNode> leaf : leaves(document.schema(schema), body).entrySet()) {
            for (JsonNode probe : probes(leaf.getValue())) {
                ObjectNode tried = body.deepCopy();
                put(tried, leaf.getKey(), probe);
                boolean taken = isTaken(api.post(path, tried.toString()), leaf.getKey());
                if (taken != document.takes(leaf.getValue(), probe)) {
                    differences.add(
                            "%s = %s is %s by the code only"
                                    .formatted(leaf.getKey(), probe, taken ? "taken" : "refused"));
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static boolean isTaken(HttpFixture.CommandReply reply, String path) {
        String key = path.replaceAll("/([0-9]+)", "[$1]").replace('/', '.').substring(1);
        String about = reply.json().path("problems").findValuesAsText("path").toString();
        return reply.status() != 400
                || !about.contains(key)
                        && !reply.detail().contains("'" + key + "'")
                        && !(key.equals("plan") && reply.detail().contains("plan's id"));
    }

    private static List<JsonNode> probes(JsonNode schema) {
        List<JsonNode> probes = new ArrayList<>();
        String types = schema.path("type").toString();
        if (types.contains("string")) {
            TEXTS.forEach(each -> probes.add(TextNode.valueOf(each)));
        }
        if (types.contains("integer")) {
            for (int each : NUMBERS) {
                probes.add(IntNode.valueOf(each));
            }
        }
        if (types.contains("array")) {
            probes.add(JsonNodeFactory.instance.arrayNode());
        }
        return probes;
    }

    /** Each value of a body that the schema describes, by its place as a JSON pointer. */
    private Map<String, JsonNode> leaves(JsonNode schema, JsonNode body) {
        Map<String, JsonNode> leaves = new TreeMap<>();
        collect("", document.resolve(schema), body, leaves);
        return leaves;
    }

    private void collect(
            String place, JsonNode schema, JsonNode body, Map<String, JsonNode> leaves) {
        for (String name : OpenApiDocument.names(schema.path("properties"))) {
            JsonNode property = document.resolve(schema.path("properties").path(name));
            String at = place + "/" + name;
            JsonNode value = body.path(name);
            if (property.has("properties")) {
                collect(at, property, value, leaves);
            } else if (property.has("items") && value.size() > 0) {
                JsonNode item = document.resolve(property.path("items"));
                leaves.put(at, property);
                if (item.has("properties")) {
                    collect(at + "/0", item, value.path(0), leaves);
                } else {
                    leaves.put(at + "/0", item);
                }
            } else if (!property.path("type").asText().equals("boolean")) {
                leaves.put(at, property);
            }
        }
    }

    private static void put(ObjectNode body, String place, JsonNode value) {
        int last = place.lastIndexOf('/');
        JsonNode parent = last == 0 ? body : body.at(place.substring(0, last));
        String name = place.substring(last + 1);
        if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(name), value);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"r-1", "", ".r", "r 1", "r/1", "größe", "R_1.2-3", "-r"})
    void nameOfARolloutIsWhatItsTypeTakes(String name) {
        JsonNode schema =
                document.resolve(
                                document.operation("GET", "/api/v1/rollouts/{rollout}")
                                        .path("parameters")
                                        .path(0))
                        .path("schema");
        assertThat(document.takes(schema, TextNode.valueOf(name))).isEqualTo(isRolloutId(name));
    }

    private static boolean isRolloutId(String name) {
        try {
            return new RolloutId(name).value().equals(name);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @Test
    void nameOfAPlanIsRefusedByBothOrByNeither() {
        JsonNode schema = document.schema("PlanPublication").path("properties");
        for (String text : TEXTS) {
            ObjectNode body = json("{\"plan\": {}}").put("name", text);
            boolean taken = isTaken(api.post("/api/v1/plans", body.toString()), "/name");
            assertThat(taken)
                    .as(text)
                    .isEqualTo(document.takes(schema.path("name"), TextNode.valueOf(text)));
        }
    }
}
