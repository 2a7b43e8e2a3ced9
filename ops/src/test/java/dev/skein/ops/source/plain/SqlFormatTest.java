package dev.skein.ops.source.plain;

import static dev.skein.ops.source.MapTree.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFormatTest {
    private static final String NONE = "-- skein: transaction=none\n";

    @Test
    void filesBecomeMigrationsWithBothDirections() {
        Plan plan =
                tree().file("0001_create_users.up.sql", "create table users (id int);\n")
                        .file("0001_create_users.down.sql", "drop table users;\n")
                        .file("0002_add_email.up.sql", "alter table users add email text;\n")
                        .file("README.md", "not SQL")
                        .file("archive/0001_other.up.sql", "select 1;")
                        .sql();

        assertThat(plan)
                .isEqualTo(
                        new Plan(
                                Framework.SQL,
                                Optional.empty(),
                                List.of(
                                        new Migration(
                                                MigrationKind.VERSIONED,
                                                "0001",
                                                "create_users",
                                                "0001_create_users.up.sql",
                                                Optional.of(
                                                        "aa76ff90435ce799b755046554b3bd03"
                                                            + "d6ccc618dfac6c24c129e8ce83c63ead"),
                                                script("create table users (id int);\n"),
                                                Optional.of(script("drop table users;\n"))),
                                        new Migration(
                                                MigrationKind.VERSIONED,
                                                "0002",
                                                "add_email",
                                                "0002_add_email.up.sql",
                                                Optional.of(
                                                        "ee3857c50e05c9a0deddf9f5986d5294"
                                                            + "de8995912631318e1f9819b6d343cfe0"),
                                                script("alter table users add email text;\n"),
                                                Optional.empty()))));
    }

    private static List<Step> script(String sql) {
        return List.of(new ScriptStep(sql));
    }

    @Test
    void versionsAreOrderedAsNumbers() {
        Plan plan =
                tree().file("9_a.up.sql", "")
                        .file("010_b.up.sql", "")
                        .file("11_c.up.sql", "")
                        .file("8_d.up.sql", "")
                        .sql();
        assertThat(plan.migrations())
                .extracting(Migration::version)
                .containsExactly("8", "9", "010", "11");
    }

    @Test
    void timestampsMayLeaveGaps() {
        Plan plan =
                tree().file("20250101120000_a.up.sql", "")
                        .file("20260101120000_b.up.sql", "")
                        .file("0001_c.up.sql", "")
                        .sql();
        assertThat(plan.migrations())
                .extracting(Migration::version)
                .containsExactly("0001", "20250101120000", "20260101120000");
    }

    @Test
    void byteOrderMarkIsNoPartOfTheScriptButOfItsChecksum() {
        Migration plain = onlyMigration("select 1;\r\n");
        Migration marked = onlyMigration("\uFEFFselect 1;\r\n");
        assertThat(marked.up()).isEqualTo(plain.up()).isEqualTo(script("select 1;\r\n"));
        assertThat(marked.checksum()).isNotEqualTo(plain.checksum());
    }

    private static Migration onlyMigration(String sql) {
        return tree().file("1_a.up.sql", sql).sql().migrations().get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-- nothing\n",
                "set search_path = a; reset role;",
                "savepoint a; insert into t values (1); rollback to a; release a;",
                "create index i on t (a);",
                "create function f() returns int language sql as $$ select 1; $$;",
                NONE,
                NONE + "set work_mem = '1GB';",
            })
    void scriptIsOneStepWithItsWholeText(String sql) {
        assertThat(onlyMigration(sql).up()).isEqualTo(script(sql));
    }

    @Test
    void withoutATransactionEachStatementIsAStepAfterTheSettingsBeforeIt() {
        Migration migration =
                onlyMigration(
                        """
                        -- Speeds up search.

                          --   skein:   transaction=none \r
                        insert into t values (1);
                        set maintenance_work_mem = '1GB';
                        create index concurrently if not exists i on s.t (a);
                        select set_config('a.b', 'c', false);
                        update t /* all */ set a = 1;
                        reset maintenance_work_mem;
                        vacuum t;
                        set work_mem = '1MB';
                        """);
        String memory = "set maintenance_work_mem = '1GB'";
        String config = "select set_config('a.b', 'c', false)";
        assertThat(migration.up())
                .containsExactly(
                        new ScriptStep("insert into t values (1);"),
                        new StatementStep(
                                List.of(memory),
                                "create index concurrently if not exists i on s.t (a)",
                                new Probe.IndexCreated(Optional.of("s"), "t", "i")),
                        new ScriptStep(
                                memory + ";\n" + config + ";\nupdate t /* all */ set a = 1;"),
                        new StatementStep(
                                List.of(memory, config, "reset maintenance_work_mem"),
                                "vacuum t",
                                new Probe.Harmless()));
    }

    @Test
    void wayBackHasAHeaderOfItsOwn() {
        Plan plan =
                tree().file("1_a.up.sql", NONE + "create index concurrently i on t (a);")
                        .file("1_a.down.sql", "drop index i;")
                        .file("2_b.up.sql", "create index j on t (a);")
                        .file("2_b.down.sql", NONE + "drop index concurrently j;")
                        .sql();
        assertThat(plan.migrations())
                .extracting(migration -> migration.down().orElseThrow())
                .containsExactly(
                        script("drop index i;"),
                        List.of(
                                new StatementStep(
                                        List.of(),
                                        "drop index concurrently j",
                                        new Probe.IndexDropped(Optional.empty(), "j"))));
    }

    @Test
    void statementsThatMayCommitRunByThemselvesWhereTheHeaderAsksForIt() {
        String doing = "do $x$ begin insert into made values (3); commit; end $x$";
        Migration migration =
                onlyMigration(
                        NONE
                                + "create procedure p() language sql as 'select 1';\n"
                                + "set work_mem = '8MB';\ncall p();\n"
                                + doing
                                + ";\ndo $x$ begin perform 1; end $x$;");
        List<String> memory = List.of("set work_mem = '8MB'");
        assertThat(migration.up())
                .containsExactly(
                        new ScriptStep("create procedure p() language sql as 'select 1';"),
                        new StatementStep(memory, "call p()", new Probe.Undecidable())
                                .with(Atomicity.NOT_ATOMIC),
                        new StatementStep(memory, doing, new Probe.Undecidable())
                                .with(Atomicity.NOT_ATOMIC),
                        new ScriptStep("set work_mem = '8MB';\ndo $x$ begin perform 1; end $x$;"));
    }

    @Test
    void literalsUnderOtherSettingsMeanWhatTheyMeanToPsql() {
        String script =
                "set standard_conforming_strings = off;\ninsert into t values ('it\\'s; begin');";
        assertThat(onlyMigration(script).up()).isEqualTo(script(script.replace("('it", "(E'it")));
        assertThat(onlyMigration(NONE + script).up())
                .isEqualTo(
                        script(
                                "set standard_conforming_strings = off;\n"
                                        + "insert into t values (E'it\\'s; begin');"));
    }
}
