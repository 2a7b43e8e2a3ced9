package dev.skein.ops.source.prisma;

import static dev.skein.ops.source.MapTree.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skein.engine.sql.SqlScript;
import dev.skein.ops.source.MapTree;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrismaSourceTest {
    private static final Probe UNDECIDABLE = new Probe.Undecidable();

    @Test
    void directoryBecomesAPlan() {
        Plan plan =
                tree().file("migration_lock.toml", "provider = \"postgresql\"\n")
                        .file("2_add_email/migration.sql", "alter table t add email text;\n")
                        .file("2_add_email/down.sql", "alter table t drop email;\n")
                        .file("1 init/migration.sql", "create table t (id int);\n")
                        .file("1 init/notes.txt", "")
                        .file("seed.sql", "not a migration")
                        .prisma();

        assertThat(plan.framework()).isEqualTo(Framework.PRISMA);
        assertThat(plan.versionTable())
                .contains(new VersionTableName(Optional.empty(), "_prisma_migrations"));
        assertThat(plan.migrations())
                .extracting(Migration::kind, Migration::version, Migration::description)
                .containsExactly(
                        tuple(MigrationKind.VERSIONED, "1 init", "init"),
                        tuple(MigrationKind.VERSIONED, "2_add_email", "add email"));
        assertThat(plan.migrations().get(1).script()).isEqualTo("2_add_email/migration.sql");
        assertThat(plan.migrations().get(0).down()).isEmpty();
        assertThat(plan.migrations().get(1).down()).contains(script("alter table t drop email;\n"));
    }

    @Test
    void checksumIsThatOfTheTextAndOtherLineEndsAreNoChange() {
        Migration unix = only("select 1;\nselect 2;\n");
        Migration windows = only("select 1;\r\nselect 2;\r\n");

        assertThat(unix.checksum())
                .contains("061e995aebcb765888ac7580f67ee3815a03b9b9c3fd5ff2dbb40db98b53a737");
        assertThat(unix.isUnchangedAs(windows.checksum().orElseThrow())).isTrue();
        assertThat(windows.isUnchangedAs(unix.checksum().orElseThrow())).isTrue();
        assertThat(unix.isUnchangedAs(only("select 3;\n").checksum().orElseThrow())).isFalse();
    }

    @Test
    void checksumOfTheFirstVersionsIsNoChange() {
        Migration migration = only("select 1;\nselect 2;\n");
        StringBuilder early = new StringBuilder();
        byte[] bytes = HexFormat.of().parseHex(migration.checksum().orElseThrow());
        for (byte each : bytes) {
            early.append(Integer.toHexString(Byte.toUnsignedInt(each)));
        }
        assertThat(migration.isUnchangedAs(early.toString())).isTrue();
    }

    @Test
    void markOfTheByteOrderIsSummedUpAndNotRun() {
        Migration marked = only("\uFEFFselect 1;");
        assertThat(marked.up()).isEqualTo(script("select 1;"));
        assertThat(marked.checksum()).isNotEqualTo(only("select 1;").checksum());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-- nothing\n",
                "create table t (id int);\r\ninsert into t values (1);\r\n",
                "set search_path = a; create table t (id int);",
                "select pg_catalog.set_config('search_path', '', false); select 1;",
                "set local lock_timeout = 1; select 1;",
                "do $$ begin create temp table x (a int) on commit drop; end $$;",
                "select 1; call p();",
                "create extension if not exists citext; create table t (c citext);",
                "alter type e add value 'b'; alter type e add value 'c' after 'b';",
                "alter type e add value 'b'; insert into t values ('other');",
                "savepoint a; select 1; release a;",
            })
    void scriptThatCanBeOneTransactionIsOneStep(String sql) {
        assertThat(only(sql).up()).isEqualTo(script(sql));
    }

    @Test
    void onlyStatementThatCannotBeInATransactionIsTheStep() {
        assertThat(up("-- why\nset lock_timeout = '1s';\ncreate index concurrently i on t (a);"))
                .containsExactly(
                        new StatementStep(
                                List.of("set lock_timeout = '1s'"),
                                "create index concurrently i on t (a)",
                                new Probe.IndexCreated(Optional.empty(), "t", "i")));
        assertThat(up("vacuum;"))
                .containsExactly(new StatementStep(List.of(), "vacuum", new Probe.Harmless()));
        assertThat(up("do $$ begin delete from t; commit; end $$;"))
                .containsExactly(
                        undecidable(
                                "do $$ begin delete from t; commit; end $$", Atomicity.NOT_ATOMIC));
        assertThat(up("call p();")).containsExactly(undecidable("call p()", Atomicity.NOT_ATOMIC));
    }

    private static StatementStep undecidable(String sql, Atomicity atomicity) {
        return new StatementStep(List.of(), sql, UNDECIDABLE).with(atomicity);
    }

    @Test
    void severalStatementsWithOneThatMustBeAloneAreStepsOfTheirOwn() {
        assertThat(
                        up(
                                "alter table t add a int;\nset work_mem = '1MB';\n"
                                        + "drop index concurrently i;\nselect 1;"))
                .containsExactly(
                        new ScriptStep("alter table t add a int;"),
                        new StatementStep(
                                List.of("set work_mem = '1MB'"),
                                "drop index concurrently i",
                                new Probe.IndexDropped(Optional.empty(), "i")),
                        new ScriptStep("set work_mem = '1MB';\nselect 1;"));
    }

    @Test
    void enumValueIsUsedInAStepAfterTheOneThatAddsIt() {
        assertThat(
                        up(
                                "alter type e add value if not exists 'b';\n"
                                        + "alter table t alter c set default 'b';"))
                .containsExactly(
                        new ScriptStep("alter type e add value if not exists 'b';"),
                        new ScriptStep("alter table t alter c set default 'b';"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin; create table t (a int); commit;",
                "select 1;\nBEGIN;\nalter table t add b int;\nCOMMIT;\nselect 2;\n",
                "start transaction isolation level serializable; select 1; rollback;",
                "begin; set transaction read write; select 1; commit and chain; select 2; end;",
                "set transaction isolation level serializable; select 1;",
                "select 1; commit; select 2;",
            })
    void scriptWithTransactionsOfItsOwnIsSentAsItStands(String sql) {
        assertThat(up(sql)).containsExactly(undecidable(sql, SqlScript.atomicityOf(sql)));
    }

    @Test
    void transactionBesideAStatementThatMustBeAloneIsAStep() {
        assertThat(
                        up(
                                "set work_mem = '1MB';\nbegin;\nselect 1;\nselect 2;\ncommit;\n"
                                        + "reindex table concurrently t;\ncommit;"))
                .containsExactly(
                        new StatementStep(
                                        List.of("set work_mem = '1MB'"),
                                        "begin;\nselect 1;\nselect 2;\ncommit;",
                                        UNDECIDABLE)
                                .with(Atomicity.ATOMIC),
                        new StatementStep(
                                List.of("set work_mem = '1MB'"),
                                "reindex table concurrently t",
                                new Probe.IndexRebuilt(Optional.empty(), "t")));
    }

    @Test
    void directoriesAreInPrismasOrder() {
        List<String> ordered =
                List.of(
                        "_a",
                        "-a",
                        ".hid",
                        "001",
                        "1",
                        "1_a",
                        "1-a",
                        "10",
                        "2",
                        "20240101 x",
                        "20240101_x",
                        "20240101_X",
                        "20240101-x",
                        "20240101x",
                        "a",
                        "A",
                        "a b",
                        "a_b",
                        "a-b",
                        "ab",
                        "b",
                        "B",
                        "e",
                        "\u00e9",
                        "ez",
                        "na\u00efve",
                        "x",
                        "x.sql");
        MapTree tree = tree();
        ordered.forEach(name -> tree.file(name + "/migration.sql", "select 1;"));
        assertThat(tree.prisma().migrations())
                .extracting(Migration::version)
                .containsExactlyElementsOf(ordered);
    }

    private static List<Step> up(String sql) {
        return only(sql).up();
    }

    private static Migration only(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return tree().file("1_a/migration.sql", bytes).prisma().migrations().get(0);
    }

    private static List<Step> script(String sql) {
        return List.of(new ScriptStep(sql));
    }
}
