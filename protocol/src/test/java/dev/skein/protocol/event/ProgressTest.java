package dev.skein.protocol.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 0/0", "0, 7, 0/7", "7, 7, 7/7"})
    void progressReadsAsDoneOfTotal(int done, int total, String text) {
        assertThat(new Progress(done, total)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "1, 0", "8, 7", "0, -1"})
    void moreThanAllAndLessThanNothingAreRefused(int done, int total) {
        assertThatThrownBy(() -> new Progress(done, total))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("progress " + done + "/" + total);
    }
}
