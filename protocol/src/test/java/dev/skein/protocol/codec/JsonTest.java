package dev.skein.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.protocol.event.PauseCause;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.FailureBudget;
import dev.skein.protocol.strategy.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    /** One component of each kind that has a rule of its own. */
    record Everything(
            Instant moment,
            Duration length,
            PauseCause cause,
            AgentId agent,
            FailureBudget budget,
            Optional<String> maybe,
            OptionalInt maybeNumber,
            List<String> list,
            SortedMap<DatabaseId, Integer> map) {}

    private static final Everything FULL =
            new Everything(
                    Instant.parse("2026-01-02T15:04:05Z"),
                    Duration.ofSeconds(90),
                    PauseCause.FAILURE_BUDGET,
                    new AgentId("eu-1"),
                    new FailureBudget(1, true),
                    Optional.of("x"),
                    OptionalInt.of(3),
                    List.of("a"),
                    new TreeMap<>(Map.of(DatabaseId.of("s", "d"), 1)));
    private static final String FULL_JSON =
            "{'moment':'2026-01-02T15:04:05Z','length':'PT1M30S','cause':'failure-budget',"
                    + "'agent':'eu-1','budget':'1%','maybe':'x','maybeNumber':3,'list':['a'],"
                    + "'map':{'s/d':1}}";
    private static final String LEAST_JSON =
            "{'moment':'2026-01-02T15:04:05Z','length':'PT1M30S','cause':'failure-budget',"
                    + "'agent':'eu-1','budget':'1%'}";

    @Test
    void everyKindOfComponentIsWrittenAsItsRuleSays() {
        assertThat(Json.write(FULL)).asString().isEqualTo(quoted(FULL_JSON));
    }

    @Test
    void everyKindOfComponentIsReadBack() {
        assertThat(read(FULL_JSON)).isEqualTo(FULL);
    }

    @Test
    void missingOptionalsAndListsAreEmpty() {
        Everything least = read(LEAST_JSON);

        assertThat(least.maybe()).isEmpty();
        assertThat(least.maybeNumber()).isEmpty();
        assertThat(least.list()).isEmpty();
        assertThat(least.map()).isEmpty();
    }

    @Test
    void emptyOptionalsAreLeftOutAndEmptyListsAreNot() {
        assertThat(Json.write(read(LEAST_JSON)))
                .asString()
                .isEqualTo(quoted(LEAST_JSON.replace("}", ",'list':[],'map':{}}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'agent':'eu-1' | 'agent':null | agent is missing or not an object",
                "'agent':'eu-1' | 'agent':'' | agent cannot be '': agent '' is not a name",
                "'agent':'eu-1' | 'agent':'a b' | agent cannot be 'a b': agent 'a b' is not a name",
                "failure-budget | mood | cannot be 'mood': none of operator, failure-budget,",
                "'1%' | '101%' | failure-budget 101% is not 0% to 100%",
                "PT1M30S | soon | length cannot be 'soon': not in ISO-8601, such as PT1M30S",
                "2026-01-02 | 2026-13-02 | moment cannot be '2026-13-02T15:04:05Z': not in"
                        + " ISO-8601",
                "'list':['a'] | 'list':'a' | list is missing or not a list",
                "'maybe':'x' | 'maybe':['x'] | maybe is missing or not a text",
                "'s/d':1 | 's/d':'many' | map.s/d is missing or not a whole number",
                "'s/d':1 | 'nowhere':1 | database 'nowhere' is not of the form",
            })
    void wrongComponentIsNamedWithItsReason(String part, String wrong, String message) {
        String json = FULL_JSON.replace(part, wrong);

        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedJson.class)
                .hasMessageStartingWith("sample: ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("dev.skein");
    }

    @Test
    void onlyComponentsAreProperties() {
        assertThat(Json.write(Selector.all()))
                .asString()
                .isEqualTo("{\"databases\":[],\"labels\":{}}");
    }

    @Test
    void canonicalFormSortsPropertiesAtEveryDepth() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("b", 1);
        inner.put("a", List.of(Map.of("ö", "ü")));
        Map<String, Object> outer = new LinkedHashMap<>();
        outer.put("z", inner);
        outer.put("B", true);

        assertThat(Json.canonical(outer))
                .isEqualTo(
                        "{\"B\":true,\"z\":{\"a\":[{\"ö\":\"ü\"}],\"b\":1}}"
                                .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void digestIsThatOfTheCanonicalBytes() {
        // printf '{"a":1}' | sha256sum
        assertThat(Json.sha256(Map.of("a", 1)))
                .isEqualTo("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
    }

    @Test
    void propertyThatStandsTwiceIsRefused() {
        byte[] twice = quoted("{'a':1,\n'a':2}").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Json.parse(twice, "request body"))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("request body: line 2, column")
                .hasMessageContaining("Duplicate field 'a'");
    }

    @Test
    void whatFollowsTheValueIsRefused() {
        byte[] two = "{} {}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Json.parse(two, "request body")).isInstanceOf(MalformedJson.class);
    }

    private static Everything read(String json) {
        byte[] bytes = quoted(json).getBytes(StandardCharsets.UTF_8);
        return Json.read(bytes, Everything.class, "sample");
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
