package dev.skein.engine.postgres.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.VersionHistory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlywayHistoryTest {
    private static VersionRow row(String version, String type, String checksum) {
        return new VersionRow(Optional.of(version), "x", type, Optional.ofNullable(checksum), true);
    }

    @Test
    void migrationInJavaWithoutAChecksumIsAnotherThanAScriptWithOne() {
        List<VersionRow> rows =
                List.of(row("1", "SQL", "7"), row("2", "JDBC", null), row("3", "JDBC", "8"));

        assertThat(FlywayHistoryReader.of(rows).applied())
                .extracting(VersionHistory.Applied::checksum)
                .containsExactly(Optional.of("7"), Optional.of("none"), Optional.of("8"));
    }
}
