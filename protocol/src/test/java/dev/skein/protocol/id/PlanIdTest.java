package dev.skein.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanIdTest {
    @Test
    void abbreviationIsTheFirstTwelveDigits() {
        assertThat(new PlanId("0123456789abcdef".repeat(4)).abbreviated())
                .isEqualTo("0123456789ab");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "0123456789ab",
                "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0"
            })
    void otherTextIsNoPlanId(String text) {
        assertThatThrownBy(() -> new PlanId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not 64 lowercase hexadecimal digits");
    }
}
