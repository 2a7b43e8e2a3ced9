package dev.skein.protocol.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MigrationKeyTest {
    @ParameterizedTest
    @CsvSource({"VERSIONED, 1.2, 1.2", "REPEATABLE, R:views, ", "BASELINE, B:1.2, 1.2"})
    void keyTellsKindAndVersion(MigrationKind kind, String key, String version) {
        assertThat(MigrationKey.of(kind, "1.2", "views")).isEqualTo(key);
        assertThat(MigrationKey.kindOf(key)).isEqualTo(kind);
        assertThat(MigrationKey.versionOf(key)).isEqualTo(Optional.ofNullable(version));
    }
}
