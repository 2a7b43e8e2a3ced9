package dev.skein.agent.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SqlTest {
    @Test
    void quotesAreDoubled() {
        assertThat(Sql.literal("it's")).isEqualTo("'it''s'");
        assertThat(Sql.identifier("a\"b")).isEqualTo("\"a\"\"b\"");
    }

    @Test
    void backslashMakesAnEscapeStringWhateverTheServerIsSetTo() {
        assertThat(Sql.literal("a\\'; drop table b; --"))
                .isEqualTo(" E'a\\\\''; drop table b; --'");
    }

    @Test
    void nulIsRefused() {
        assertThatThrownBy(() -> Sql.literal("a\0b")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> Sql.identifier("a\0b")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> Sql.identifier("")).hasMessageContaining("empty");
    }

    @Test
    void namesAreQualified() {
        assertThat(Sql.qualified("my schema", "t")).isEqualTo("\"my schema\".\"t\"");
    }
}
