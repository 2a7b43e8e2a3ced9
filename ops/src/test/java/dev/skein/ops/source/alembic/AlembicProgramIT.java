package dev.skein.ops.source.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.Unplaced;
import dev.skein.ops.tools.AlembicCommand;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The team's Python and what it needs to run env.py as the team's own command does. */
@NeedsTool(Tool.ALEMBIC)
class AlembicProgramIT {
    private static final String ASKS =
            """
            import os
            from alembic import op
            word = os.environ["SKEIN_ALEMBIC_IT_WORD"]
            revision, down_revision = "b1", "a1"
            def upgrade():
                op.execute("create table %s ()" % word)
            def downgrade():
                op.execute("drop table %s" % word)
            """;

    private final List<String> notes = new ArrayList<>();

    @TempDir private Path directory;
    private AlembicProjectFiles project;

    @BeforeEach
    void startWithOneTable() {
        project = new AlembicProjectFiles(directory);
        project.sql("a1", "None", "create table a (id serial primary key)", "drop table a");
    }

    private Plan read(Path named, SourceSettings settings) {
        return Unplaced.plan(new AlembicSource(notes::add).read(named, settings));
    }

    private List<String> refusals(SourceSettings settings) {
        return PlanRefusals.of(() -> read(directory, settings));
    }

    /** The tests' Python without what is installed for it: a stranger's interpreter. */
    private SourceSettings bare() throws IOException {
        return program("exec '" + AlembicCommand.python().toRealPath() + "' -I \"$@\"");
    }

    private SourceSettings program(String script) throws IOException {
        Path python = directory.resolve("other-python");
        Files.writeString(python, "#!/bin/sh\n" + script);
        python.toFile().setExecutable(true);
        SourceSettings settings = AlembicRuns.settings();
        Recording recording = settings.recording();
        return settings.withRecording(
                new Recording(
                        Optional.of(python.toString()),
                        recording.environment(),
                        recording.accepted(),
                        recording.scratch()));
    }

    @Test
    void pythonWithoutAlembicIsRefused() throws IOException {
        assertThat(refusals(bare()))
                .singleElement()
                .asString()
                .startsWith(directory + ": ")
                .endsWith(
                        " has no Alembic (No module named 'alembic') [program]. Name the Python"
                                + " that has the project's Alembic with --program, for instance"
                                + " .venv/bin/python");
    }

    @Test
    void environmentVariableThatIsNotSetIsNamed() {
        project.write("migrations/versions/b1.py", ASKS);

        assertThat(refusals(AlembicRuns.settings()))
                .containsExactly(
                        "migrations/versions/b1.py:3: it asks for the environment variable"
                                + " SKEIN_ALEMBIC_IT_WORD, which is not set [program]. Set it as"
                                + " for 'alembic upgrade'; a database that it names is not"
                                + " touched");
    }

    @Test
    void revisionsAreImportedBehindEnvPy() {
        project.env("os.environ['SKEIN_ALEMBIC_IT_WORD'] = 'word'", "");
        project.write("migrations/versions/b1.py", ASKS);

        assertThat(read(directory, AlembicRuns.settings()).migration("b1").orElseThrow().up())
                .containsExactly(new ScriptStep("create table word ();"));
    }

    @Test
    void configurationThatIsNotThereIsRefused() {
        SourceSettings settings = AlembicRuns.settings().withConfig(Path.of("no-such.ini"));

        assertThat(refusals(settings))
                .containsExactly(
                        Path.of("no-such.ini").toAbsolutePath()
                                + ": there is no such file, and --config names it [configuration]."
                                + " Name alembic.ini or pyproject.toml, from here or from "
                                + directory);
    }

    @Test
    void scriptLocationThatIsNotThereIsRefused() {
        project.write("alembic.ini", "[alembic]\nscript_location = %(here)s/elsewhere\n");

        assertThat(refusals(AlembicRuns.settings()))
                .singleElement()
                .asString()
                .startsWith(directory + ": Alembic says: Path doesn't exist: ")
                .endsWith(
                        " [program]. See that 'alembic heads' and 'alembic upgrade heads' work with"
                                + " the same program, directory and --config");
    }

    /** The schema is made by a revision, whose own table is to lie in it already. */
    @ParameterizedTest
    @ValueSource(strings = {"psycopg", "psycopg2"})
    void searchPathOfAConnectionGoesIntoEveryStep(String driver) {
        project.write(
                "migrations/env.py",
                """
                import os
                import sqlalchemy as sa
                from alembic import context
                engine = sa.create_engine(
                    os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+%s:"),
                    connect_args={"options": "-c search_path=app,public"})
                with engine.connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                """
                        .formatted(driver));
        project.sql("b1", "'a1'", "create schema app; create table b ()", "drop schema app");

        Plan plan = read(directory, AlembicRuns.settings());

        assertThat(plan.migration("b1").orElseThrow().up())
                .containsExactly(
                        new ScriptStep(
                                "set local search_path to app,public;\n"
                                        + "create schema app;\ncreate table b ();"));
        assertThat(notes)
                .contains(
                        "env.py: the connection's setting search_path=app,public goes into every"
                                + " step: what is named without a schema lies there in every"
                                + " database, also where tenants are schemas");
    }

    @Test
    void settingsOfTheVariablePgOptionsAreNamed() throws IOException {
        String python = AlembicCommand.python().toString();
        SourceSettings settings =
                program(
                        "PGOPTIONS='-c search_path=app,public --work_mem=9MB -c jit=off' exec '"
                                + python
                                + "' \"$@\"");

        Plan plan = read(directory, settings);

        assertThat(plan.migration("a1").orElseThrow().up())
                .containsExactly(
                        new ScriptStep(
                                "set local search_path to app,public;\n"
                                        + "create table a (id serial primary key);"));
        assertThat(notes)
                .filteredOn(each -> each.contains("PGOPTIONS"))
                .satisfiesExactlyInAnyOrder(
                        each ->
                                assertThat(each)
                                        .contains(
                                                "PGOPTIONS with search_path=app,public goes into"
                                                        + " every step"),
                        each ->
                                assertThat(each)
                                        .contains("PGOPTIONS with work_mem=9MB has no effect"));
    }

    /** Alembic itself commits what a block of its own needs committed. */
    @Test
    void revisionWithAnAutocommitBlockDoesNotCommitByItself() {
        project.revision(
                "b1",
                "'a1'",
                """
                op.execute("create table b ()")
                with op.get_context().autocommit_block():
                    op.execute("vacuum b")
                op.execute("create table c ()")
                """,
                "op.execute('drop table b, c')");

        read(directory, AlembicRuns.settings());

        assertThat(notes).noneMatch(each -> each.contains("commits by itself"));
    }

    @Test
    void revisionThatCommitsByItselfLeavesItsRestToTheNextStep() {
        project.revision(
                "b1",
                "'a1'",
                """
                op.execute("create table b ()")
                op.get_bind().commit()
                op.execute("create table c ()")
                """,
                "op.execute('drop table b, c')");
        project.sql("c1", "'b1'", "alter table c add x int", "alter table c drop x");

        Plan plan = read(directory, AlembicRuns.settings());

        assertThat(plan.migration("b1").orElseThrow().up())
                .containsExactly(
                        new ScriptStep("create table b ();"), new ScriptStep("create table c ();"));
        assertThat(plan.migration("c1").orElseThrow().down())
                .contains(List.of(new ScriptStep("alter table c drop x;")));
        assertThat(notes)
                .filteredOn(each -> each.contains("commits by itself"))
                .singleElement()
                .asString()
                .startsWith("revision b1: upgrade() commits by itself (line ")
                .contains("Alembic may lose what comes behind that", "here all of it is applied");
    }

    @Test
    void versionTableWithoutAKeyLosesIt() {
        project.env("", ", version_table_pk=False, version_table='v'");

        assertThat(read(directory, AlembicRuns.settings()).migration("a1").orElseThrow().up())
                .containsExactly(
                        new ScriptStep("alter table \"v\" drop constraint if exists \"v_pkc\";"),
                        new ScriptStep("create table a (id serial primary key);"));
    }
}
