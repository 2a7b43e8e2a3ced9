package dev.skein.ops.source.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AlembicRepeatabilityTest {
    private static AlembicStatement statement(AlembicStatement.Kind kind, String sql) {
        return new AlembicStatement(sql, OptionalInt.of(9), "0.1", false, kind, Optional.empty());
    }

    private static RecordedScript script(AlembicStatement... statements) {
        return new RecordedScript(List.of(statements), Optional.empty(), Optional.empty());
    }

    private static RecordedScript write(String sql) {
        return script(statement(AlembicStatement.Kind.WRITE, sql));
    }

    @Test
    void sameSqlIsRepeatable() {
        assertThat(AlembicRepeatability.reason(write("select f()"), write("select f()"))).isEmpty();
    }

    @Test
    void differenceIsShownFromShortlyBefore() {
        assertThat(
                        AlembicRepeatability.reason(
                                write("insert into a (1)"), write("insert into a (2)")))
                .contains(
                        "its SQL is not the same twice: first 'insert into a (1)' and then 'insert"
                                + " into a (2)'");
    }

    @Test
    void failureOfTheSecondRecordingIsADifference() {
        RecordedScript failed =
                new RecordedScript(List.of(), Optional.empty(), Optional.of("ValueError: no"));

        assertThat(AlembicRepeatability.reason(write("select f()"), failed))
                .contains("it fails the second time: ValueError: no");
    }

    @Test
    void readingRowsIsAReasonAndReadingTheCatalogueIsNone() {
        RecordedScript rows =
                script(statement(AlembicStatement.Kind.ROWS, "select id from person"));
        RecordedScript catalogue =
                script(statement(AlembicStatement.Kind.CATALOGUE, "select 1 from pg_class"));

        assertThat(AlembicRepeatability.reason(catalogue, catalogue)).isEmpty();
        assertThat(AlembicRepeatability.reason(rows, rows))
                .contains(
                        "its SQL may depend on rows, which a tenant's database has and the scratch"
                                + " database has not (line 9, 'select id from person')");
    }

    @Test
    void keyThatTheDatabaseGaveOutIsAReason() {
        RecordedScript script =
                script(
                        new AlembicStatement(
                                "insert into b (a) values (7)",
                                OptionalInt.of(9),
                                "0.1",
                                false,
                                AlembicStatement.Kind.WRITE,
                                Optional.of("insert into a default values returning id")));

        assertThat(AlembicRepeatability.reason(script, script))
                .contains(
                        "its SQL holds a key that the database gave out (line 9, 'insert into b (a)"
                                + " values (7)', behind 'insert into a default values returning"
                                + " id')");
    }
}
