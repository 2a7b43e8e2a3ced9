package dev.skein.protocol.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.id.DatabaseId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
    private static final DatabaseId ACME = DatabaseId.of("pg-1", "acme");
    private static final DatabaseId OTHER = DatabaseId.of("pg-1", "other");
    private static final TreeMap<String, String> FREE_IN_EU =
            new TreeMap<>(Map.of("tier", "free", "region", "eu"));

    @Test
    void everythingIsChosenWhereNothingIsAsked() {
        assertThat(Selector.all().isAll()).isTrue();
        assertThat(Selector.all().matches(ACME, new TreeMap<>())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "tier, free, region, eu, true",
        "tier, free, tier, free, true",
        "tier, free, region, us, false",
        "tier, free, product, eu, false"
    })
    void allLabelsHaveToMatch(
            String key, String value, String otherKey, String otherValue, boolean chosen) {
        TreeMap<String, String> asked = new TreeMap<>();
        asked.put(key, value);
        asked.put(otherKey, otherValue);

        assertThat(new Selector(List.of(), asked).matches(ACME, FREE_IN_EU)).isEqualTo(chosen);
    }

    @Test
    void nameOrLabelsAreEnough() {
        Selector both = new Selector(List.of(ACME), new TreeMap<>(Map.of("tier", "enterprise")));

        assertThat(both.matches(ACME, FREE_IN_EU)).isTrue();
        assertThat(both.matches(OTHER, new TreeMap<>(Map.of("tier", "enterprise")))).isTrue();
        assertThat(both.matches(OTHER, FREE_IN_EU)).isFalse();
    }

    @Test
    void databaseThatIsNotNamedIsNotChosenByHavingNoLabels() {
        assertThat(new Selector(List.of(ACME), new TreeMap<>()).matches(OTHER, new TreeMap<>()))
                .isFalse();
    }
}
