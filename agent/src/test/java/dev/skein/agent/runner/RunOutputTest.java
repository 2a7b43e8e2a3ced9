package dev.skein.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunOutputTest {
    private final RunOutput output = new RunOutput(List.of("hunter2", "abc"));

    private String printed(String line) {
        output.add(line);
        return output.lastLine().orElse("");
    }

    @Test
    void secretsAreNotKept() {
        assertThat(printed("password is hunter2, twice hunter2")).doesNotContain("hunter2");
        assertThat(printed("at postgresql://ann:p%40ss@db/shop"))
                .isEqualTo("at postgresql://ann:***@db/shop");
    }

    /** Three letters would blot out words that are no secret. */
    @Test
    void shortValuesAreNoSecrets() {
        assertThat(printed("the abc of it")).isEqualTo("the abc of it");
    }

    @Test
    void controlCharactersOfEitherSetAreNotKept() {
        assertThat(printed("\u001b[1;31mred\u001b[0m\u0007\tand\u0000 \u007fblue"))
                .isEqualTo("red and blue");
        assertThat(printed("\u009b31mred\u0085next")).isEqualTo("31mrednext");
        assertThat(printed("\u202eturned\u2066 round")).isEqualTo("turned round");
    }

    @Test
    void longLinesAndLongOutputAreCut() {
        assertThat(printed("x".repeat(2_001))).hasSize(2_001).endsWith("x…");
        for (int line = 0; line < 100; line++) {
            output.add("y".repeat(2_000));
        }
        assertThat(output.text()).hasSizeLessThanOrEqualTo(64 << 10).doesNotContain("x");
        assertThat(output.end()).hasSize((8 << 10) + 1).startsWith("…");
    }
}
