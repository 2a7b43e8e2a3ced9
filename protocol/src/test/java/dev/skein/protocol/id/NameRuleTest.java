package dev.skein.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "eu-1", "r-20260102-1504-7f3a", "A.b_c", "0"})
    void nameFitsUrlsAndKeys(String name) {
        assertThat(new AgentId(name)).hasToString(name);
        assertThat(new RolloutId(name)).hasToString(name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "-a", ".", "a b", "a/b", "größe", "a\n"})
    void otherTextIsNoName(String text) {
        assertThatThrownBy(() -> new AgentId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("agent '" + shown(text) + "' is not a name");
    }

    /** A line end is written out, so that a message stays on its line. */
    private static String shown(String text) {
        return String.valueOf(text).replace("\n", "\\n");
    }

    @Test
    void nameHasAtMostAHundredCharacters() {
        assertThat(new RolloutId("r".repeat(100)).value()).hasSize(100);
        assertThatThrownBy(() -> new RolloutId("r".repeat(101)))
                .hasMessageContaining("1 to 100 letters");
    }
}
