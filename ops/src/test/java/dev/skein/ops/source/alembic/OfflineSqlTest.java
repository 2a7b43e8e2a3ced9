package dev.skein.ops.source.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OfflineSqlTest {
    private static final String FILE = "versions/a.py";

    private static AlembicStatement statement(AlembicStatement.Kind kind, String sql) {
        return new AlembicStatement(sql, OptionalInt.of(9), "0.1", false, kind, Optional.empty());
    }

    private static RecordedScript asking(String... writes) {
        List<AlembicStatement> all =
                new ArrayList<>(
                        List.of(
                                statement(
                                        AlembicStatement.Kind.CATALOGUE,
                                        "select 1 from pg_class")));
        for (String each : writes) {
            all.add(statement(AlembicStatement.Kind.WRITE, each));
        }
        return new RecordedScript(all, Optional.empty(), Optional.empty());
    }

    private static Optional<String> reason(RecordedScript script, String offline) {
        return new OfflineSql(Optional.of(offline), Optional.empty()).reason(FILE, script);
    }

    @Test
    void sameSqlOfflineIsNoReason() {
        assertThat(
                        reason(
                                asking("CREATE TABLE a (\n\tid INTEGER\n)", "drop table b"),
                                """
                                BEGIN;
                                CREATE TABLE a (
                                    id INTEGER
                                );
                                -- a remark
                                SELECT 1 FROM pg_class;
                                drop table b;
                                COMMIT;
                                """))
                .isEmpty();
    }

    @Test
    void valuesOfRowsMayBeWrittenInOtherWords() {
        assertThat(
                        reason(
                                asking("INSERT INTO a (d) VALUES ('2020-01-01'::date)"),
                                "INSERT INTO a (d) VALUES ('2020-01-01');"))
                .isEmpty();
    }

    @Test
    void otherSqlOfflineIsAReason() {
        assertThat(reason(asking("alter table a drop x"), "alter table a drop x; drop table b;"))
                .contains(
                        "its SQL follows from what the catalogue answers in each database (line 9,"
                                + " 'select 1 from pg_class'): with a database it gives 'nothing'"
                                + " and then 'drop table b' without one");
    }

    @Test
    void failureOfflineIsAReason() {
        assertThat(
                        new OfflineSql(Optional.empty(), Optional.of("TypeError: no connection"))
                                .reason(FILE, asking("drop table b")))
                .contains(
                        "its SQL follows from what the catalogue answers in each database (line 9,"
                                + " 'select 1 from pg_class'): offline, without a database, it"
                                + " fails: TypeError: no connection");
    }

    @Test
    void scriptThatAsksNothingHasNoReason() {
        RecordedScript silent =
                new RecordedScript(
                        List.of(statement(AlembicStatement.Kind.WRITE, "drop table b")),
                        Optional.empty(),
                        Optional.empty());

        assertThat(reason(silent, "drop table c")).isEmpty();
    }
}
