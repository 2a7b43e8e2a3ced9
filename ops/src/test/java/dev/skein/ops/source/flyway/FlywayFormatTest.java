package dev.skein.ops.source.flyway;

import static dev.skein.ops.source.MapTree.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlywayFormatTest {
    @Test
    void locationBecomesAPlan() {
        Plan plan =
                tree().file("R__active_users.sql", "create or replace view v as select 1;\n")
                        .file("V1_1__add_email.sql", "alter table users add email text;\n")
                        .file("new/V1__create_users.sql", "create table users (id int);\n")
                        .file("undo/U1.0__create_users.sql", "drop table users;\n")
                        .file("notes.txt", "")
                        .flyway();

        assertThat(plan)
                .isEqualTo(
                        new Plan(
                                Framework.FLYWAY,
                                Optional.of(
                                        new VersionTableName(
                                                Optional.empty(), "flyway_schema_history")),
                                List.of(
                                        new Migration(
                                                MigrationKind.VERSIONED,
                                                "1",
                                                "create users",
                                                "new/V1__create_users.sql",
                                                Optional.of("-2050735773"),
                                                script("create table users (id int);\n"),
                                                Optional.of(script("drop table users;\n"))),
                                        new Migration(
                                                MigrationKind.VERSIONED,
                                                "1.1",
                                                "add email",
                                                "V1_1__add_email.sql",
                                                Optional.of("-659297124"),
                                                script("alter table users add email text;\n"),
                                                Optional.empty()),
                                        new Migration(
                                                MigrationKind.REPEATABLE,
                                                "",
                                                "active users",
                                                "R__active_users.sql",
                                                Optional.of("579771852"),
                                                script("create or replace view v as select 1;\n"),
                                                Optional.empty()))));
    }

    private static List<Step> script(String sql) {
        return List.of(new ScriptStep(sql));
    }

    @Test
    void versionTableIsTheOneOfTheSettings() {
        SourceSettings settings =
                SourceSettings.defaults()
                        .withVersionTable(new VersionTableName(Optional.of("billing"), "history"));
        Plan plan = tree().file("V1__a.sql", "").flyway(settings);
        assertThat(plan.versionTable())
                .contains(new VersionTableName(Optional.of("billing"), "history"));
    }

    @Test
    void checksumIgnoresLineEndsAndByteOrderMark() {
        assertThat(checksum("\uFEFFselect 'ä';\r\nselect 2;\r\n"))
                .isEqualTo(checksum("select 'ä';\nselect 2;"))
                .isEqualTo(checksum("select 'ä';\rselect 2;\n"))
                .isNotEqualTo(checksum("select 'a';\nselect 2;"));
        assertThat(checksum("")).contains("0");
    }

    private static Optional<String> checksum(String sql) {
        return onlyMigration(sql).checksum();
    }

    private static Migration onlyMigration(String sql) {
        return tree().file("V1__a.sql", sql).flyway().migrations().get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-- nothing\n",
                "set search_path = a;",
                "savepoint a; select 1; release a;",
                "select $${\"a\": 1}$$;",
            })
    void scriptIsOneStepWithItsWholeText(String sql) {
        assertThat(onlyMigration(sql).up()).isEqualTo(script(sql));
    }

    @Test
    void nonTransactionalStatementsAreStepsOfTheirOwn() {
        Migration migration =
                onlyMigration(
                        "set lock_timeout = '1s'; create index concurrently i on t (a);\n"
                                + "reindex table concurrently t;\nvacuum;");
        List<String> session = List.of("set lock_timeout = '1s'");
        assertThat(migration.up())
                .containsExactly(
                        new StatementStep(
                                session,
                                "create index concurrently i on t (a)",
                                new Probe.IndexCreated(Optional.empty(), "t", "i")),
                        new StatementStep(
                                session,
                                "reindex table concurrently t",
                                new Probe.IndexRebuilt(Optional.empty(), "t")),
                        new StatementStep(session, "vacuum", new Probe.Harmless()));
    }
}
