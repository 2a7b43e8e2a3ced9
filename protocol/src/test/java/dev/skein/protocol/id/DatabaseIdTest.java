package dev.skein.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"pg-eu-1/acme", "pg/shared/t_1", "s/größe & co", "s/Üb er/\"q\""})
    void writtenFormIsReadBack(String text) {
        assertThat(DatabaseId.parse(text)).hasToString(text);
    }

    @Test
    void threePartsNameASchema() {
        assertThat(DatabaseId.parse("pg/shared/t_1"))
                .isEqualTo(DatabaseId.of("pg", "shared", "t_1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pg",
                "/",
                "pg/",
                "/acme",
                "pg//t",
                "pg/a/",
                "pg/a/b/c",
                "p g/a",
                "pg/a\n"
            })
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> DatabaseId.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nameHasAtMostAsManyBytesAsPostgresAllows() {
        assertThat(DatabaseId.of("pg", "a".repeat(63)).database()).hasSize(63);
        assertThatThrownBy(() -> DatabaseId.of("pg", "a".repeat(64)))
                .hasMessageContaining("1 to 63 bytes");
        assertThatThrownBy(() -> DatabaseId.of("pg", "ä".repeat(32)))
                .hasMessageContaining("1 to 63 bytes");
    }

    @Test
    void wholeDatabaseComesBeforeItsSchemas() {
        List<DatabaseId> ordered =
                List.of(
                        DatabaseId.parse("a/x"),
                        DatabaseId.parse("a/x/s"),
                        DatabaseId.parse("a/x/t"),
                        DatabaseId.parse("a/y"),
                        DatabaseId.parse("b/a"));

        assertThat(new TreeSet<>(ordered)).containsExactlyElementsOf(ordered);
    }
}
