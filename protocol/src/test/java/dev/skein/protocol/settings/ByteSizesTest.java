package dev.skein.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizesTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "512, 512", "7B, 7", "64KiB, 65536", "16MiB, 16777216", "2GiB, 2147483648"})
    void readsNumbersWithTheirUnit(String text, long expected) {
        assertThat(ByteSizes.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16MB", "16 MiB", "-1", "1.5GiB", "MiB", "9999999999"})
    void refusesWhatCouldBeMisunderstood(String text) {
        assertThatThrownBy(() -> ByteSizes.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a size such as");
    }
}
