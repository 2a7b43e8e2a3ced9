package dev.skein.protocol.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureBudgetTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1000, 0",
        "3, 1000, 3",
        "3, 1, 3",
        "1%, 99, 0",
        "1%, 100, 1",
        "1%, 199, 1",
        "50%, 3, 1",
        "100%, 7, 7",
        "10%, 0, 0",
        "100%, 2000000000, 2000000000"
    })
    void percentageOfAWaveIsRoundedDown(String budget, int databases, int allowed) {
        assertThat(FailureBudget.parse(budget).allowed(databases)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "12", "0%", "100%"})
    void writtenFormIsReadBack(String text) {
        assertThat(FailureBudget.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "-1", "1.5%", "one", "101%", "1 %", "10000000000"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> FailureBudget.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("failure-budget");
    }

    @Test
    void negativeCountIsRefused() {
        assertThatThrownBy(() -> new FailureBudget(-1, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("failure-budget -1 is below 0");
    }

    @Test
    void noFailureIsAllowedWhereNoneIsNamed() {
        assertThat(FailureBudget.none().allowed(1_000_000)).isZero();
    }
}
