package dev.skein.ops.source.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlywayVersionTest {
    private static final List<String> VERSIONS =
            List.of(
                    "0",
                    "1",
                    "1.0",
                    "1_0_0",
                    "01",
                    "1.1",
                    "1_01",
                    "1.10",
                    "1.2",
                    "2",
                    "10",
                    "001",
                    "20260131120000",
                    "1.0.1",
                    "0.9",
                    "123456789012345678901234567890",
                    "-1",
                    "+1");

    @Test
    void everyTwoVersionsCompareAsFlywayComparesThem() {
        for (String left : VERSIONS) {
            for (String right : VERSIONS) {
                int flyway =
                        MigrationVersion.fromVersion(left)
                                .compareTo(MigrationVersion.fromVersion(right));
                assertThat(Integer.signum(version(left).compareTo(version(right))))
                        .as("%s and %s", left, right)
                        .isEqualTo(Integer.signum(flyway));
            }
        }
    }

    @Test
    void versionIsWrittenAsFlywayWritesIt() {
        assertThat(VERSIONS)
                .allSatisfy(
                        each ->
                                assertThat(version(each).text())
                                        .isEqualTo(
                                                MigrationVersion.fromVersion(each).getVersion()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_1", "1.", "1_", "1..2", "a", "1a", "1.a", "1-2", "1 ", "1__2"})
    void whatFlywayRefusesIsNoVersion(String written) {
        assertThat(FlywayVersion.parse(written)).isEmpty();
        assertThatThrownBy(() -> MigrationVersion.fromVersion(written))
                .isInstanceOf(FlywayException.class);
    }

    private static FlywayVersion version(String written) {
        return FlywayVersion.parse(written).orElseThrow();
    }
}
