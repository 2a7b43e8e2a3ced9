package dev.skein.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SqlTextTest {
    @Test
    void quotesAreDoubled() {
        assertThat(SqlText.literal("it's")).isEqualTo("'it''s'");
        assertThat(SqlText.identifier("a\"b")).isEqualTo("\"a\"\"b\"");
    }

    @Test
    void backslashMakesAnEscapeStringWhateverTheServerIsSetTo() {
        assertThat(SqlText.literal("a\\'; drop table b; --"))
                .isEqualTo(" E'a\\\\''; drop table b; --'");
    }

    @Test
    void nulIsRefused() {
        assertThatThrownBy(() -> SqlText.literal("a\0b")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> SqlText.identifier("a\0b")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> SqlText.identifier("")).hasMessageContaining("empty");
    }

    @Test
    void namesAreQualified() {
        assertThat(SqlText.qualified("my schema", "t")).isEqualTo("\"my schema\".\"t\"");
    }
}
