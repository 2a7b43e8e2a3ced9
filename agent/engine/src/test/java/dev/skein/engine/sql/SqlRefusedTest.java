package dev.skein.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlRefusedTest {
    private static List<String> problems(String script) {
        SqlRefused refused =
                catchThrowableOfType(SqlRefused.class, () -> SqlScript.parse("V1__x.sql", script));
        assertThat(refused).as("refusal of %s", script).isNotNull();
        return refused.problems().stream().map(SqlProblem::describe).toList();
    }

    @Test
    void copyFromTheClientIsRefusedAndItsRowsAreSkipped() {
        String script =
                "select 1;\nCOPY public.t (a, \"b)\") FROM stdin WITH (format text);\n"
                        + "1\tit's (\n\\N\t\"\n\\.\n\nselect 2; \\q";
        assertThat(problems(script))
                .containsExactly(
                        "V1__x.sql:2:1: copy from stdin exchanges rows with the client, and a plan"
                                + " carries none [copy-stdin]."
                                + " Write the rows as insert statements",
                        "V1__x.sql:7:11: \\q is a command of psql; the server does not know it"
                                + " [psql-command]. Write it as SQL, or leave it out");
    }

    @Test
    void copyToTheClientIsRefused() {
        assertThat(problems("copy (select 'from stdin' from t) to stdout"))
                .containsExactly(
                        "V1__x.sql:1:1: copy to stdout exchanges rows with the client, and a plan"
                                + " carries none [copy-stdin]."
                                + " Leave it out: nobody would read the rows");
    }

    @Test
    void copyOnTheServerIsNotRefused() {
        String script = "copy t from '/tmp/stdin'; copy t to program 'x'; copy \"stdin\" to '/y'";
        assertThat(SqlScript.parse("x.sql", script).statements()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "\\connect other, \\connect",
        "\\i it's.sql, \\i",
        "\\copy t from 'x', \\copy",
        "\\set a 'b', \\set",
        "'select 1 \\gexec', \\gexec",
        "\\\\, \\\\",
    })
    void psqlCommandIsRefused(String line, String command) {
        assertThat(problems("select 1;\n" + line + "\nselect 2;"))
                .containsExactly(
                        "V1__x.sql:2:%d: %s is a command of psql; the server does not know it"
                                        .formatted(line.indexOf('\\') + 1, command)
                                + " [psql-command]. Write it as SQL, or leave it out");
    }

    @Test
    void literalThatItsSettingsForbidIsRefused() {
        String ofAnotherKind =
                ": a literal of this kind is not read while standard_conforming_strings is off"
                        + " [string-escapes]. Write it as E'…'";
        assertThat(
                        problems(
                                "set standard_conforming_strings = off; select U&'d\\0061';\n"
                                        + "select N'a\\tb';\n"
                                        + "set backslash_quote = off; select 'it\\'s';"))
                .containsExactly(
                        "V1__x.sql:1:47" + ofAnotherKind,
                        "V1__x.sql:2:8" + ofAnotherKind,
                        "V1__x.sql:3:35: the server takes no \\' while backslash_quote is off"
                                + " [string-escapes]. Double the quote, or leave the setting out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"set client_encoding = 'latin1';", "SET NAMES latin1;"})
    void encodingOfTheRestIsRefusedWhereItMatters(String setting) {
        assertThat(problems(setting + "\nselect 'é';"))
                .containsExactly(
                        "V1__x.sql:1:1: the rest of the script is sent in UTF-8, and this says that"
                                + " it is in latin1 [client-encoding]. Save the file as UTF-8 and"
                                + " leave the setting out");
        assertThat(SqlScript.parse("x.sql", setting + "\nselect 'e';").statements()).hasSize(2);
        assertThat(SqlScript.parse("x.sql", "set names 'UTF8'; select 'é';").statements())
                .hasSize(2);
    }

    @Test
    void backslashInTextIsNoPsqlCommand() {
        String script =
                "select '\n\\connect', E'\n\\\\i', \"\n\\x\", $$\n\\copy$$ -- \\d\n/*\n\\i */;";
        assertThat(SqlScript.parse("x.sql", script).statements()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'select :foo', 8",
        "'select * from t where a = :''foo'' limit 1', 27",
        "'insert into t values (1, :foo)', 26",
        "'insert into t values (:\"foo\")', 23",
    })
    void psqlVariableIsRefused(String script, int column) {
        assertThat(problems(script))
                .containsExactly(
                        "V1__x.sql:1:%d: a variable of psql stands here; the server does not"
                                        .formatted(column)
                                + " know it [psql-variable]. Write the value itself");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'it''s; select 2;       | string literal
                    E'it\\'s; select 2;     | string literal
                    E'a'';                  | string literal
                    "name; select 2;        | quoted name
                    $$ body; $x$            | text quoted with $$
                    $fn$ body; $$           | text quoted with $fn$
                    /* comment; select 2;   | comment
                    /* outer /* inner */ ;  | comment
                    /*; ' */*/ /* "         | comment
                    """)
    void unterminatedTextIsRefused(String script, String what) {
        int column = 8 + Math.max(0, script.lastIndexOf("/* \""));
        assertThat(problems("select\n select " + script))
                .first()
                .isEqualTo(
                        "V1__x.sql:2:%d: the %s that begins here does not end before the end of"
                                        .formatted(column + 1, what)
                                + " the file [unterminated]."
                                + " Close it, or double a quote that belongs to the text");
    }

    @Test
    void openParenthesisIsRefusedWhereItOpens() {
        assertThat(problems("select 1;\nselect (1;\nselect 2;"))
                .containsExactly(
                        "V1__x.sql:2:8: '(' is not closed before the end of the file [syntax]."
                                + " Close it");
    }

    @Test
    void closingParenthesisTooManyIsRefused() {
        assertThat(problems("select (1));\nselect 2];"))
                .containsExactly(
                        "V1__x.sql:1:11: ')' closes nothing that was opened in this statement"
                                + " [syntax]. Take it away, or open it",
                        "V1__x.sql:2:9: ']' closes nothing that was opened in this statement"
                                + " [syntax]. Take it away, or open it");
    }

    @Test
    void routineBodyWithoutItsEndIsRefused() {
        assertThat(problems("create function f() returns int begin atomic select 1; select 2;"))
                .containsExactly(
                        "V1__x.sql:1:39: 'atomic' is not closed before the end of the file"
                                + " [syntax]. Write its 'end'");
    }

    @Test
    void nulCharacterIsRefused() {
        assertThat(problems("select \0 1"))
                .containsExactly(
                        "V1__x.sql:1:8: the file holds a NUL character, which PostgreSQL does not"
                                + " accept [syntax]. Save the file as UTF-8 text without it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a\0b'", "E'\0'", "$$\0$$", "\"a\0\"", "1 -- \0", "1 /* \0 */"})
    void nulCharacterInsideOfATokenIsRefused(String text) {
        assertThat(problems("select 1;\nselect " + text))
                .singleElement()
                .asString()
                .startsWith("V1__x.sql:2:")
                .contains("the file holds a NUL character");
    }

    @Test
    void severalIndexesInOneConcurrentDropAreRefused() {
        assertThat(problems("drop index concurrently i, j;"))
                .containsExactly(
                        "V1__x.sql:1:26: drop index concurrently takes one index, and this"
                                + " statement names several [several-indexes]."
                                + " Write one statement for each index");
    }

    @ParameterizedTest
    @CsvSource({
        "'create index concurrently U&\"i\" on t (a)', 27",
        "'create index concurrently i', 27",
        "drop index concurrently, 12",
        "reindex table concurrently 'x', 28",
        "alter table p detach partition U&\"c\" concurrently, 32",
    })
    void unreadableNameInAConcurrentStatementIsRefused(String script, int column) {
        assertThat(problems(script))
                .containsExactly(
                        "V1__x.sql:1:%d: the name here could not be read; without it the outcome"
                                        .formatted(column)
                                + " of this concurrent statement could not be checked after an"
                                + " interruption [unreadable-name]."
                                + " Write it as a plain or a double-quoted name");
    }

    @Test
    void allProblemsOfAFileAreReportedInOrder() {
        SqlRefused refused =
                catchThrowableOfType(
                        SqlRefused.class,
                        () ->
                                SqlScript.parse(
                                        "a.sql",
                                        "drop index concurrently i, j;\n\\d\ncopy t from"
                                                + " stdin;\nselect :a;\nselect 'x"));
        assertThat(refused.problems())
                .extracting(SqlProblem::code)
                .containsExactly(
                        RefusalCode.SEVERAL_INDEXES,
                        RefusalCode.PSQL_COMMAND,
                        RefusalCode.COPY_STDIN,
                        RefusalCode.PSQL_VARIABLE,
                        RefusalCode.UNTERMINATED);
        assertThat(refused)
                .hasMessageStartingWith("a.sql:1:26: ")
                .hasMessageContaining("\na.sql:5");
        assertThat(RefusalCode.COPY_STDIN.code()).isEqualTo("copy-stdin");
    }
}
