package dev.skein.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralSettingsTest {
    private static final String OFF = "set standard_conforming_strings = off; ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set standard_conforming_strings = off",
                "SET SESSION Standard_Conforming_Strings TO false",
                "set local standard_conforming_strings to 'off'",
                "select set_config('standard_conforming_strings', 'off', false)",
                "select pg_catalog.set_config('standard_conforming_strings', 'off', true)",
            })
    void literalsAfterTheSettingAreEscapeStrings(String setting) {
        String script = "select 'a\\';" + setting + ";\ninsert into t values ('it\\'s; begin');";
        assertThat(SqlScript.parse("x.sql", script).statements())
                .extracting(SqlStatement::text)
                .containsExactly(
                        "select 'a\\'", setting, "insert into t values (E'it\\'s; begin')");
        assertThat(SqlScript.asOneQuery("x.sql", script))
                .isEqualTo(
                        "select 'a\\';" + setting + ";\ninsert into t values (E'it\\'s; begin');");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "select 'a\\\\b', E'\\'b;', $$\\;$$ | select E'a\\\\b', E'\\'b;', $$\\;$$",
                "select 'plain', \"a\\b\"           | select 'plain', \"a\\b\"",
                "select date'1\\62'                | select date E'1\\62'",
                "select 'a\\'' -- it's             | select E'a\\'' -- it's",
                "select 'a'    'b\\'c'             | select E'a'    'b\\'c'",
            })
    void onlyPlainLiteralsWithABackslashChange(String written, String sent) {
        assertThat(SqlScript.asOneQuery("x.sql", OFF + written.replace("    ", "\n")))
                .isEqualTo(OFF + sent.replace("    ", "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reset standard_conforming_strings",
                "RESET ALL",
                "discard all",
                "set standard_conforming_strings = on",
                "set standard_conforming_strings to default",
            })
    void literalsAreAsTheyWereOnceItIsSwitchedOn(String on) {
        String script = OFF + on + "; select 'a\\'";
        assertThat(SqlScript.asOneQuery("x.sql", script)).isEqualTo(script);
    }

    @Test
    void settingEndsWithItsTransaction() {
        assertThat(
                        SqlScript.asOneQuery(
                                "x.sql",
                                "begin; set local standard_conforming_strings = off;"
                                        + " select 'a\\b'; commit; select 'a\\'; begin; "
                                        + OFF
                                        + "rollback; select 'b\\'; begin; "
                                        + OFF
                                        + "commit; select '\\''"))
                .isEqualTo(
                        "begin; set local standard_conforming_strings = off;"
                                + " select E'a\\b'; commit; select 'a\\'; begin; "
                                + OFF
                                + "rollback; select 'b\\'; begin; "
                                + OFF
                                + "commit; select E'\\''");
    }

    @Test
    void rowsOfACopyStayAsTheyAre() {
        String script = OFF + "\ncopy t from stdin;\na\\\\b\tc's\n\\.\nselect 'x\\ny';";
        String inserts = SqlScript.withInserts("x.sql", script);
        assertThat(SqlScript.asOneQuery("x.sql", inserts))
                .contains("( E'a\\\\b', 'c''s')")
                .endsWith("select E'x\\ny';");
    }
}
