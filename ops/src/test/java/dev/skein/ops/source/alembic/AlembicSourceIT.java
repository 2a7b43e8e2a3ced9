package dev.skein.ops.source.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.dump.SchemaDump;
import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.Unplaced;
import dev.skein.ops.tools.AlembicCommand;
import dev.skein.ops.tools.DatabaseUrl;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsTool(Tool.ALEMBIC)
class AlembicSourceIT {
    private final TestPostgres server = TestServers.postgres();
    private final List<String> notes = new ArrayList<>();

    @TempDir private Path directory;
    private AlembicProjectFiles project;

    @BeforeEach
    void startWithOneTable() {
        project = new AlembicProjectFiles(directory);
        project.sql("a1", "None", "create table a (id serial primary key)", "drop table a");
    }

    private Plan read() {
        return read(AlembicRuns.settings());
    }

    private Plan read(SourceSettings settings) {
        return Unplaced.plan(new AlembicSource(notes::add).read(directory, settings));
    }

    private void run(String database, List<Step> steps) {
        for (Step step : steps) {
            step.accept(new Run(database));
        }
    }

    private final class Run implements Step.Visitor<Void> {
        private final String database;

        Run(String database) {
            this.database = database;
        }

        @Override
        public Void on(ScriptStep step) {
            server.execute(database, "begin;\n" + step.sql() + "\ncommit;");
            return null;
        }

        @Override
        public Void on(StatementStep step) {
            server.execute(database, step.sql());
            return null;
        }

        @Override
        public Void on(DelegatedStep step) {
            throw new AssertionError("no recording delegates");
        }

        @Override
        public Void on(CheckStep step) {
            throw new AssertionError("no recording makes a check");
        }
    }

    /** Runs the plan in one database and Alembic in another one. */
    private void isWhatAlembicDoes(Plan plan) {
        String planned = TestServers.freshDatabase("planned");
        String upgraded = TestServers.freshDatabase("upgraded");
        plan.migrations().forEach(each -> run(planned, each.up()));
        assertThat(
                        new AlembicCommand(directory, DatabaseUrl.of(upgraded))
                                .run("upgrade", "heads")
                                .exitCode())
                .isZero();
        assertThat(schema(planned)).isEqualTo(schema(upgraded));
    }

    private String schema(String database) {
        return SchemaDump.of(server, database, List.of("alembic_version"));
    }

    @Test
    void revisionsBecomeMigrationsInAlembicsOrder() {
        project.sql("b1", "'a1'", "alter table a add x int", "alter table a drop x");
        project.sql("b2", "'a1'", "create table b2 (id int)", "drop table b2");
        project.revision("c1", "('b1', 'b2')", "pass", "pass");
        project.sql("z1", "None", "create table z (id int)", "drop table z");
        project.revision(
                "z2", "'z1'", "'b1'", AlembicProjectFiles.execute("create table z2 ()"), "pass");

        Plan plan = read();

        assertThat(plan.versionTable())
                .contains(new VersionTableName(Optional.empty(), "alembic_version"));
        assertThat(plan.migration("c1").orElseThrow().parents()).contains(List.of("b1", "b2"));
        assertThat(plan.migration("z2").orElseThrow().parents()).contains(List.of("z1", "b1"));
        assertThat(plan.migration("c1").orElseThrow().up()).containsExactly(new ScriptStep(""));
        assertThat(plan.migration("c1").orElseThrow().down()).contains(List.of(new ScriptStep("")));
        assertThat(plan.migration("a1").orElseThrow().description()).isEqualTo("Revision a1");
        assertThat(plan.migration("a1").orElseThrow().script())
                .isEqualTo("migrations/versions/a1.py");
        assertThat(plan.migrations()).extracting(Migration::version).startsWith("a1");
        assertThat(notes)
                .contains(
                        "migrations/versions/z2.py: its downgrade() does nothing, so a way back"
                                + " leaves what it made");
        assertThat(plan.migration("z2").orElseThrow().down()).contains(List.of(new ScriptStep("")));
        isWhatAlembicDoes(plan);
    }

    @Test
    void waysBackLeadToTheSchemaOfBefore() {
        project.sql("b1", "'a1'", "alter table a add x int", "alter table a drop x");
        Plan plan = read();
        String database = TestServers.freshDatabase("back");
        run(database, plan.migrations().get(0).up());
        String before = schema(database);

        run(database, plan.migrations().get(1).up());
        run(database, plan.migrations().get(1).down().orElseThrow());

        assertThat(schema(database)).isEqualTo(before);
    }

    @Test
    void autocommitBlocksAreStepsOfTheirOwn() {
        project.revision(
                "b1",
                "'a1'",
                """
                op.add_column("a", sa.Column("x", sa.Integer))
                with op.get_context().autocommit_block():
                    op.create_index("a_x", "a", ["x"], postgresql_concurrently=True)
                op.add_column("a", sa.Column("y", sa.Integer))
                """,
                """
                op.drop_column("a", "y")
                with op.get_context().autocommit_block():
                    op.drop_index("a_x", postgresql_concurrently=True)
                op.drop_column("a", "x")
                """);
        project.sql("c1", "'b1'", "create table c ()", "drop table c");

        Plan plan = read();

        assertThat(plan.migration("b1").orElseThrow().up())
                .extracting(step -> step.getClass().getSimpleName())
                .containsExactly("ScriptStep", "StatementStep", "ScriptStep");
        assertThat(plan.migration("b1").orElseThrow().down().orElseThrow()).hasSize(3);
        isWhatAlembicDoes(plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"psycopg2", "psycopg"})
    void valuesAreWrittenAsTheDriverWritesThem(String driver) {
        useDriver(driver);
        project.revision("b1", "'a1'", AlembicRuns.VALUES, "op.drop_table('v')");
        String database = TestServers.freshDatabase("values");

        Plan plan = read();

        plan.migrations().forEach(each -> run(database, each.up()));
        assertThat(AlembicRuns.value(database, AlembicRuns.VALUES_QUERY))
                .isEqualTo(AlembicRuns.VALUES_FOUND);
        isWhatAlembicDoes(plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"psycopg2", "psycopg", "pg8000"})
    void rowsOfManyExecutionsAreCountedAsTheDriverCountsThem(String driver) {
        useDriver(driver);
        project.revision(
                "b1",
                "'a1'",
                """
                cursor = op.get_bind().connection.cursor()
                cursor.execute("create table c (i int)")
                cursor.executemany("insert into c values (%s)", [(1,), (2,), (2,)])
                inserted = cursor.rowcount
                cursor.executemany("update c set i = i where i = %s", [(1,), (2,), (3,)])
                updated = cursor.rowcount
                cursor.execute("delete from c where i = 2")
                op.execute("insert into c values (%d), (%d), (%d)"
                           % (inserted, updated, cursor.rowcount))
                """,
                "op.drop_table('c')");

        assertThat(((ScriptStep) read().migration("b1").orElseThrow().up().get(0)).sql())
                .endsWith("insert into c values (3), (3), (2);");
    }

    @ParameterizedTest
    @ValueSource(strings = {"psycopg2", "psycopg", "pg8000"})
    void rowsThatAnObjectSessionChangesAreRecorded(String driver) {
        useDriver(driver);
        project.revision(
                "b1",
                "'a1'",
                """
                from sqlalchemy.orm import Session, declarative_base
                class Kind(declarative_base()):
                    __tablename__ = "kind"
                    id = sa.Column(sa.Integer, primary_key=True)
                    name = sa.Column(sa.Text)
                op.create_table("kind", sa.Column("id", sa.Integer, primary_key=True),
                                sa.Column("name", sa.Text))
                op.execute("insert into kind values (1, 'a'), (2, 'b')")
                session = Session(bind=op.get_bind())
                for kind in session.query(Kind).order_by(Kind.id):
                    kind.name = kind.name.upper()
                session.flush()
                """,
                "op.drop_table('kind')");

        assertThat(((ScriptStep) read().migration("b1").orElseThrow().up().get(0)).sql())
                .contains("UPDATE kind SET name='A'", "UPDATE kind SET name='B'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table k as select id from a",
                "create table k (id int); insert into k select id from a",
                "create table if not exists k (id int)",
                "create table k (id int, who text default current_user)",
                "create view k as select id from a",
            })
    void rowsThatATableDoesNotHaveFromTheScriptAloneAreAsked(String begun) {
        project.revision(
                "b1",
                "'a1'",
                """
                for each in "%s".split("; "):
                    op.execute(each)
                for row in op.get_bind().execute(sa.text("select id from k")):
                    op.execute("comment on table k is '%%d'" %% row.id)
                """
                        .formatted(begun),
                "op.execute('select 1')");

        assertThat(PlanRefusals.of(this::read))
                .anyMatch(each -> each.startsWith("migrations/versions/b1.py: its SQL "));
    }

    private void useDriver(String driver) {
        project.env(
                "os.environ['DATABASE_URL'] = os.environ['DATABASE_URL'].replace('sql:', 'sql+%s:')"
                        .formatted(driver),
                "");
    }

    @Test
    void failingWayBackIsNamedAndOthersAreKept() {
        project.sql("b1", "'a1'", "create table b ()", "drop table nowhere");
        project.sql("c1", "'b1'", "create table c ()", "drop table c");

        Plan plan = read();

        assertThat(plan.migrations())
                .extracting(each -> each.down().isPresent())
                .containsExactly(true, false, true);
        assertThat(notes)
                .contains(
                        "migrations/versions/b1.py: no way back, its downgrade() fails:"
                                + " UndefinedTable: table \"nowhere\" does not exist (line 14)");
    }

    @Test
    void versionTableIsTheOneOfTheContext() {
        project.env("", ", version_table='moved', version_table_schema='public'");

        assertThat(read().versionTable())
                .contains(new VersionTableName(Optional.of("public"), "moved"));
    }

    @Test
    void statementsPastSqlAlchemyAreRecorded() {
        project.revision(
                "b1",
                "'a1'",
                """
                cursor = op.get_bind().connection.cursor()
                cursor.execute("create table raw (id int, t text default '%')")
                cursor.executemany("insert into raw values (%s, %s)", [(1, "50%"), (2, "it's")])
                """,
                "op.drop_table('raw')");

        Plan plan = read();

        assertThat(plan.migration("b1").orElseThrow().up())
                .containsExactly(
                        new ScriptStep(
                                """
                                create table raw (id int, t text default '%');
                                insert into raw values (1, '50%');
                                insert into raw values (2, 'it''s');\
                                """));
    }

    @Test
    void pyprojectAndDirectoriesOfScriptsAreUnderstood() {
        project.write(
                "other/pyproject.toml",
                "[tool.alembic]\nscript_location = \"%(here)s/../migrations\"\n");

        AlembicSource source = new AlembicSource(notes::add);

        assertThat(source.read(directory.resolve("other"), AlembicRuns.settings()).migrations())
                .hasSize(1);
        assertThat(
                        source.read(directory.resolve("migrations"), AlembicRuns.settings())
                                .migrations())
                .hasSize(1);
    }

    @Test
    void checksOfSqlAlchemyNeedNoWord() {
        project.revision(
                "b1",
                "'a1'",
                """
                kind = postgresql.ENUM("x", "y", name="kind")
                kind.create(op.get_bind(), checkfirst=True)
                """,
                "postgresql.ENUM(name='kind').drop(op.get_bind(), checkfirst=True)");

        assertThat(read().migration("b1").orElseThrow().up())
                .containsExactly(new ScriptStep("CREATE TYPE kind AS ENUM ('x', 'y');"));
    }
}
