package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseAddressTest {
    @Test
    void emptyPasswordIsNone() {
        assertThat(DatabaseAddress.parse("--scratch", "postgresql://me@host/db", "").password())
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://me:hunter2@host/db, --scratch 'postgresql://me:***@host/db' has a password",
        "postgresql://me:hun@ter2@ho st/db, --scratch 'postgresql://me:***@ho st/db' is not",
        "mysql://me:hunter2@host/db, --scratch 'mysql://me:***@host/db' has a password",
        "postgresql://host:5432/db, --scratch 'postgresql://host:5432/db' is not",
    })
    void refusalShowsNothingOfAPassword(String uri, String begin) {
        assertThatThrownBy(() -> DatabaseAddress.parse("--scratch", uri, null))
                .isInstanceOf(CommandFailed.class)
                .hasMessageStartingWith(begin);
    }
}
