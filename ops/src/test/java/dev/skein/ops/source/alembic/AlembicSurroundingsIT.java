package dev.skein.ops.source.alembic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.PlanRefused;
import dev.skein.ops.source.Unplaced;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What env.py, the server, the clock and the catalogue add to revisions. */
@NeedsTool(Tool.ALEMBIC)
class AlembicSurroundingsIT {
    private final List<String> notes = new ArrayList<>();

    @TempDir private Path directory;
    private AlembicProjectFiles project;

    @BeforeEach
    void startWithOneTable() {
        project = new AlembicProjectFiles(directory);
        project.sql("a1", "None", "create table a (id serial primary key)", "drop table a");
    }

    private Plan read(String... accepted) {
        return Unplaced.plan(
                new AlembicSource(notes::add).read(directory, AlembicRuns.settings(accepted)));
    }

    private static List<Step> up(Plan plan, String revision) {
        return plan.migration(revision).orElseThrow().up();
    }

    /** An env.py that executes something on its connection ahead of its context. */
    private void preparing(String sql, String arguments) {
        project.write(
                "migrations/env.py",
                """
                import os
                import sqlalchemy as sa
                from alembic import context
                with sa.create_engine(os.environ["DATABASE_URL"]).connect() as connection:
                    connection.execute(sa.text("%s"))
                    connection.commit()
                    context.configure(connection=connection%s)
                    with context.begin_transaction():
                        context.run_migrations()
                """
                        .formatted(sql, arguments));
    }

    @Test
    void whatOfEnvPyHasNoEffectIsNamedOnce() {
        project.write(
                "migrations/env.py",
                """
                import os
                import sqlalchemy as sa
                from alembic import context
                engine = sa.create_engine(
                    os.environ["DATABASE_URL"], isolation_level="SERIALIZABLE",
                    connect_args={"options": "-c search_path=app,public -c statement_timeout=9s"})
                with engine.connect() as connection:
                    context.configure(
                        connection=connection, transaction_per_migration=False,
                        transactional_ddl=False, compare_type=True)
                    with context.begin_transaction():
                        context.run_migrations()
                """);

        read();

        assertThat(notes.stream().filter(each -> each.startsWith("env.py: ")))
                .hasSize(4)
                .anyMatch(each -> each.contains("search_path=app,public goes into every step"))
                .anyMatch(each -> each.contains("isolation level SERIALIZABLE has no effect"))
                .anyMatch(each -> each.contains("transaction_per_migration=False has no effect"))
                .anyMatch(each -> each.contains("transactional_ddl=False has no effect"));
    }

    @Test
    void whatEnvPyPreparesAgainAndAgainRunsAheadOfEachOrder() {
        preparing("create schema if not exists app", "");

        assertThat(read().hooks())
                .contains(
                        new Hooks(
                                List.of(
                                        new Hooks.Hook(
                                                "env.py",
                                                new ScriptStep(
                                                        "create schema if not exists app;"))),
                                List.of()));
    }

    @Test
    void whatEnvPyPreparesOnceBelongsToTheFirstRevision() {
        preparing("create table prepared ()", "");

        assertThat(up(read(), "a1"))
                .containsExactly(
                        new ScriptStep("create table prepared ();"),
                        new ScriptStep("create table a (id serial primary key);"));
    }

    @Test
    void locksAndTimeoutsOfEnvPyAreLeftOut() {
        preparing("set lock_timeout = 4000; select pg_advisory_lock(7)", "");

        Plan plan = read();

        assertThat(plan.hooks()).isEmpty();
        assertThat(up(plan, "a1"))
                .containsExactly(new ScriptStep("create table a (id serial primary key);"));
    }

    @Test
    void settingsOfEnvPyHoldInEveryRevision() {
        preparing("set check_function_bodies = off", "");

        assertThat(up(read(), "a1"))
                .containsExactly(
                        new ScriptStep(
                                "set local check_function_bodies = off;\n"
                                        + "create table a (id serial primary key);"));
    }

    @Test
    void versionTableIsFoundInTheSchemaOfTheSearchPath() {
        preparing("create schema if not exists app; set search_path to app", "");

        Plan plan = read();

        assertThat(plan.versionTable())
                .contains(new VersionTableName(Optional.of("app"), "alembic_version"));
        assertThat(up(plan, "a1"))
                .containsExactly(
                        new ScriptStep(
                                "set local search_path to app;\n"
                                        + "create table a (id serial primary key);"));
    }

    @Test
    void whatListenersExecuteBelongsToTheRevision() {
        project.write(
                "migrations/env.py",
                """
                import os
                import sqlalchemy as sa
                from alembic import context
                def applied(ctx, step, **named):
                    ctx.connection.execute(sa.text("create table if not exists heard ()"))
                with sa.create_engine(os.environ["DATABASE_URL"]).connect() as connection:
                    context.configure(connection=connection, on_version_apply=applied)
                    with context.begin_transaction():
                        context.run_migrations()
                """);

        assertThat(up(read(), "a1"))
                .containsExactly(
                        new ScriptStep(
                                "create table a (id serial primary key);\n"
                                        + "create table if not exists heard ();"));
    }

    @Test
    void connectionThatHasATransactionAlreadyIsRecordedRevisionByRevision() {
        project.write(
                "migrations/env.py",
                """
                import os
                import sqlalchemy as sa
                from alembic import context
                with sa.create_engine(os.environ["DATABASE_URL"]).connect() as connection:
                    connection.execute(sa.text("select pg_advisory_lock(7)"))
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                    connection.commit()
                    connection.execute(sa.text("select pg_advisory_unlock(7)"))
                """);
        project.sql("b1", "'a1'", "alter table a add x int", "alter table a drop x");

        Plan plan = read();

        assertThat(up(plan, "b1")).containsExactly(new ScriptStep("alter table a add x int;"));
        assertThat(plan.migration("b1").orElseThrow().down())
                .contains(List.of(new ScriptStep("alter table a drop x;")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"psycopg_async", "asyncpg"})
    void asynchronousEnginesAreRecorded(String driver) {
        project.write(
                "migrations/env.py",
                """
                import asyncio, os
                from alembic import context
                from sqlalchemy.ext.asyncio import create_async_engine
                url = os.environ["DATABASE_URL"].replace("sql:", "sql+DRIVER:")
                def run(connection):
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                async def main():
                    engine = create_async_engine(url)
                    async with engine.connect() as connection:
                        await connection.run_sync(run)
                        await connection.commit()
                    await engine.dispose()
                asyncio.run(main())
                """
                        .replace("DRIVER", driver));
        project.revision("b1", "'a1'", AlembicRuns.VALUES, "op.drop_table('v')");
        String database = TestServers.freshDatabase("asynchronous");

        for (Step step : up(read(), "b1")) {
            TestServers.postgres().execute(database, ((ScriptStep) step).sql());
        }

        assertThat(AlembicRuns.value(database, AlembicRuns.VALUES_QUERY))
                .isEqualTo(AlembicRuns.VALUES_FOUND);
    }

    @Test
    void rolesOfARecordingAreGoneBeforeTheNextOne() {
        project.sql(
                "b1",
                "'a1'",
                "create role alembic_it_reader; grant select on a to alembic_it_reader;"
                        + " grant create on database postgres to alembic_it_reader",
                "revoke select on a from alembic_it_reader");

        assertThat(up(read(), "b1")).hasSize(1);

        assertThat(
                        AlembicRuns.value(
                                "postgres",
                                "select count(*) from pg_roles where rolname like 'alembic_it%'"))
                .isEqualTo("0");
    }

    @Test
    void dayOfTheRecordingIsFound() {
        project.revision(
                "b1",
                "'a1'",
                """
                op.execute("create table d_%s ()" % datetime.date.today().strftime("%Y"))
                """,
                "pass");

        assertThat(PlanRefusals.of(this::read))
                .singleElement()
                .asString()
                .matches(
                        "migrations/versions/b1\\.py: its SQL is not the same twice: first 'create"
                                + " table d_\\d{4} \\(\\)' and then 'create table d_\\d{4} \\(\\)'"
                                + " \\[not-repeatable\\]\\. .* --accept b1, or .* --delegate b1");
    }

    @Test
    void answersOfTheCatalogueThatMatterNeedAWord() {
        project.revision(
                "b1",
                "'a1'",
                """
                if "x" not in [each["name"] for each in sa.inspect(op.get_bind()).get_columns("a")]:
                    op.add_column("a", sa.Column("x", sa.Integer))
                """,
                "op.drop_column('a', 'x')");

        assertThat(PlanRefusals.of(this::read))
                .singleElement()
                .asString()
                .startsWith(
                        "migrations/versions/b1.py: its SQL follows from what the catalogue answers"
                                + " in each database (line 11, 'SELECT ")
                .contains("): offline, without a database, it fails: NoInspectionAvailable: ")
                .endsWith(
                        " [not-repeatable]. Write it as SQL that is the same everywhere, or take it"
                            + " as recorded with --accept b1, or have the framework run it in each"
                            + " database with --delegate b1");
        assertThat(up(read("b1"), "b1"))
                .containsExactly(new ScriptStep("ALTER TABLE a ADD COLUMN x INTEGER;"));
    }

    @Test
    void answersOfTheCatalogueThatChangeNothingNeedNone() {
        project.revision(
                "b1",
                "'a1'",
                """
                op.execute("select count(*) from pg_class")
                op.create_table("b", sa.Column("t", sa.Text, server_default="50%"))
                """,
                "op.drop_table('b')");

        assertThat(up(read(), "b1")).hasSize(1);
    }

    @Test
    void severalRefusalsEndWithAllOptionsReadyToPaste() {
        String unique = "op.execute('create table b (id text default $$%s$$)' % uuid.uuid4())";
        project.revision("b1", "'a1'", unique, "op.drop_table('b')");
        project.revision("c1", "'b1'", unique.replace("table b", "table c"), "pass");

        assertThatThrownBy(this::read)
                .isInstanceOf(PlanRefused.class)
                .hasMessageEndingWith(
                        "\nAll 2 of them are taken as recorded with --accept b1 --accept c1, or run"
                                + " by the framework in each database with --delegate auto");
    }

    @Test
    void programThatIsSilentIsEnded() {
        project.revision("b1", "'a1'", "import threading; threading.Event().wait()", "pass");
        AlembicSource source = new AlembicSource(notes::add, Duration.ofSeconds(3));

        assertThat(PlanRefusals.of(() -> source.read(directory, AlembicRuns.settings())))
                .singleElement()
                .asString()
                .startsWith(directory + ": nothing happened for 3 s behind revision 1 of 2")
                .endsWith(
                        " [recording]. See whether 'alembic upgrade heads' ends on an empty"
                                + " database");
    }

    /** Both are refused by the file alone, and no problem for Alembic's own command. */
    @Test
    void whatEnvPyFindsIsWhatUpgradeGivesIt() {
        project.write(
                "alembic.ini",
                """
                [alembic]
                script_location = %(here)s/migrations
                sqlalchemy.url = postgresql://%(LOGIN)s@%(PLACE)s/app
                """);
        project.env(
                """
                options = context.config.cmd_opts
                assert options.cmd[0].__name__ == "upgrade" and options.revision == "heads"
                assert not options.sql and options.tag is None
                context.config.set_section_option("alembic", "LOGIN", "team")
                context.config.set_section_option("alembic", "PLACE", "elsewhere")
                assert "elsewhere" not in context.config.get_main_option("sqlalchemy.url")
                """,
                "");

        assertThat(up(read(), "a1"))
                .containsExactly(new ScriptStep("create table a (id serial primary key);"));
    }

    @Test
    void environmentThatOnlyKnowsOfflineModeIsRefused() {
        project.write(
                "migrations/env.py",
                """
                from alembic import context
                context.configure(dialect_name="postgresql", as_sql=True)
                with context.begin_transaction():
                    context.run_migrations()
                """);

        assertThat(PlanRefusals.of(this::read))
                .containsExactly(
                        directory
                                + ": env.py runs its migrations in offline mode, without a database"
                                + " [program]. Recording needs its online mode: let it connect"
                                + " unless --sql is given");
    }
}
