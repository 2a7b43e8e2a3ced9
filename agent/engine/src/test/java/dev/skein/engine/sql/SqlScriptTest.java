package dev.skein.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
    private static final List<String> STATEMENTS =
            List.of(
                    "select 1",
                    "select 'a; b'",
                    "select 'it''s; -- no comment'",
                    "select E'it\\'s; \\\\'",
                    "select E'a\\'; b' -- joined;\n  'c\\'; d'",
                    "select 'C:\\temp\\'",
                    "select U&'\\0061; b', N'x;', B'101', X'1F'",
                    "select \"a;b\", \"c\"\"d;\" from \"T;\"",
                    "select U&\"d\\0061t;a\" from t",
                    "select $$a; ' \" $b$ \\ $$",
                    "select $fn$ $$ ; $$ $f$ ; $fn$",
                    "select a$b$c, 5 - -3, 5/2, j #>> '{a;b}', j ? 'k', a @> b",
                    "select /* ; /* ; */ ' */ 1",
                    "select -- ; ' \"\n 1",
                    "select 1-/* ; */-1, 1*/* ; */2, 1 <-- ; '\n 2, @/* ; */ 5",
                    "select a[1:n], a[:2], b[(1):m] from t",
                    "select json_object('a' :b, 'c':'d')",
                    "select '1'::int, x::\"T\"",
                    "select case when a then 1 else 2 end",
                    "do $$ begin perform 1; end; $$",
                    "create function f(a int) returns int language sql as 'select 1;'",
                    "create function f(a int) returns int language sql\n"
                            + "begin atomic select case when a > 0 then 1 end; select (2); end",
                    "create or replace procedure p() begin atomic\n"
                            + "insert into t values (1); select t.end, 1 as case from t; end",
                    "create function f(w int) returns int language sql begin atomic"
                            + " select w end; select w case, 1 end from t; select w case; select"
                            + " (select w case) end; select case w when 1 then 2 end end; end",
                    "create function f() returns int language sql begin atomic end",
                    "create function f() returns int return 1",
                    "create rule r as on insert to g do also (delete from h; insert into h select"
                            + " 1)",
                    "create schema s create table t (a int) create view v as select 1",
                    "create table g (\"end\" int, b int generated always as (a * 2) stored)",
                    "merge into t using s on t.id = s.id when matched then update set v = s.v",
                    "insert into t values (1) on conflict (id) do update set v = excluded.v",
                    "create table größe (naïve text, 名 text, 𝒳 text)",
                    "select '😀; 𝒳' as smile",
                    "something no grammar knows (of; course)");
    private static final List<String> SEPARATORS =
            List.of(
                    ";",
                    ";\n",
                    " ;\r\n\t",
                    "; -- it's a comment; \\d\n",
                    ";/* 'a;b' \\q /* nested; */ */",
                    "\n;;\n ; -- \"\n");

    private static List<String> texts(String script) {
        return SqlScript.parse("V1__x.sql", script).statements().stream()
                .map(SqlStatement::text)
                .toList();
    }

    @Test
    void everyStatementStandsAloneWithOrWithoutItsSemicolon() {
        for (String statement : STATEMENTS) {
            assertThat(texts(statement)).containsExactly(statement);
            assertThat(texts(" /* a */ " + statement + " ; -- b")).containsExactly(statement);
        }
    }

    @Test
    void statementsJoinedInAnyOrderComeApartAgain() {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 500; run++) {
            List<String> expected = new ArrayList<>();
            StringBuilder script = new StringBuilder("/* header; */\n");
            for (int i = random.nextInt(12); i > 0; i--) {
                expected.add(STATEMENTS.get(random.nextInt(STATEMENTS.size())));
                script.append(expected.get(expected.size() - 1));
                script.append(SEPARATORS.get(random.nextInt(SEPARATORS.size())));
            }
            assertThat(texts(script.toString())).isEqualTo(expected);
        }
    }

    @Test
    void statementsAndSeparatorsTogetherCoverTheWholeScript() {
        String script = String.join(";\n-- between\n", STATEMENTS) + ";\n";
        StringBuilder rest = new StringBuilder();
        int from = 0;
        for (SqlStatement statement : SqlScript.parse("x.sql", script).statements()) {
            int at = script.indexOf(statement.text(), from);
            rest.append(script, from, at);
            from = at + statement.text().length();
        }
        rest.append(script.substring(from));
        assertThat(rest.toString().replace("-- between\n", "")).matches("[;\\s]*");
    }

    @Test
    void linesAreThoseOfTheFirstWord() {
        SqlScript script =
                SqlScript.parse("x.sql", "-- one\r\n\r\nselect\n'a\nb';/*\n*/ select 2;\nselect 3");
        assertThat(script.statements()).extracting(SqlStatement::line).containsExactly(3, 6, 7);
        assertThat(script.file()).isEqualTo("x.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", ";;", "-- nothing\n", "/* nothing; */", "\uFEFF"})
    void scriptOfNothingHasNoStatements(String script) {
        assertThat(texts(script)).isEmpty();
    }

    @Test
    void byteOrderMarkBelongsToNoStatement() {
        assertThat(texts("\uFEFFselect 1;")).containsExactly("select 1");
    }

    @Test
    void largeScriptsAreRead() {
        StringBuilder rows = new StringBuilder("insert into t values (0, '')");
        StringBuilder inserts = new StringBuilder();
        for (int i = 0; rows.length() < 5_000_000; i++) {
            rows.append(",\n(").append(i).append(", 'It''s; note', E'it\\'s', 1.25)");
            inserts.append("insert into t values (").append(i).append(", 'It''s; note', 1.25);\n");
        }
        String literal = "select E'" + "\\'x".repeat(1_500_000) + "'";
        assertThat(texts(rows.toString())).hasSize(1);
        assertThat(texts(inserts.toString())).hasSizeGreaterThan(100_000);
        assertThat(texts(literal)).hasSize(1);
    }
}
