package dev.skein.ops.source.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsTool(Tool.ALEMBIC)
class AlembicRefusedIT {
    @TempDir private Path directory;
    private AlembicProjectFiles project;

    @BeforeEach
    void startWithOneTable() {
        project = new AlembicProjectFiles(directory);
        project.sql("a1", "None", "create table a (id serial primary key)", "drop table a");
    }

    private List<String> refusals() {
        return refusals(directory, AlembicRuns.settings());
    }

    private static List<String> refusals(Path directory, SourceSettings settings) {
        return PlanRefusals.of(() -> new AlembicSource(note -> {}).read(directory, settings));
    }

    private void accepts(String revision) {
        assertThat(
                        new AlembicSource(note -> {})
                                .read(directory, AlembicRuns.settings(revision))
                                .migrations())
                .hasSize(2);
    }

    @Test
    void sqlThatIsNotTheSameTwiceNeedsAWord() {
        project.revision(
                "b1",
                "'a1'",
                "op.execute('create table b (id text default $$%s$$)' % uuid.uuid4())",
                "op.drop_table('b')");

        assertThat(refusals())
                .singleElement()
                .asString()
                .matches(
                        "migrations/versions/b1\\.py: its SQL is not the same twice: first 'create"
                            + " table b \\(id text default \\$\\$[-0-9a-f]{36}\\$\\$\\)' and then"
                            + " 'create table b \\(id text default \\$\\$[-0-9a-f]{36}\\$\\$\\)'"
                            + " \\[not-repeatable\\]\\. Write it as SQL that is the same"
                            + " everywhere, or take it as recorded with --accept b1, or have the"
                            + " framework run it in each database with --delegate b1");
        accepts("b1");
    }

    @Test
    void readingRowsNeedsAWord() {
        project.revision(
                "b1",
                "'a1'",
                """
                for row in op.get_bind().execute(sa.text("select id from a")):
                    op.execute("delete from a where id = %d" % row[0])
                """,
                "pass");

        assertThat(refusals())
                .containsExactly(
                        "migrations/versions/b1.py: its SQL may depend on rows, which a tenant's"
                            + " database has and the scratch database has not (line 11, 'select id"
                            + " from a') [not-repeatable]. Write it as SQL that is the same"
                            + " everywhere, or take it as recorded with --accept b1, or have the"
                            + " framework run it in each database with --delegate b1");
        accepts("b1");
    }

    @Test
    void keyThatTheDatabaseGaveOutNeedsAWord() {
        project.sql("b0", "'a1'", "create table b (a int)", "drop table b");
        project.revision(
                "b1",
                "'b0'",
                """
                bind = op.get_bind()
                bind.execute(sa.text("select setval('a_id_seq', 776)"))
                key = bind.execute(sa.text("insert into a default values returning id")).scalar()
                bind.execute(sa.text("insert into b values (:key)"), dict(key=key))
                """,
                "pass");

        assertThat(refusals())
                .containsExactly(
                        "migrations/versions/b1.py: its SQL holds a key that the database gave out"
                            + " (line 14, 'insert into b values (777)', behind 'insert into a"
                            + " default values returning id') [not-repeatable]. Write it as SQL"
                            + " that is the same everywhere, or take it as recorded with --accept"
                            + " b1, or have the framework run it in each database with --delegate"
                            + " b1");
    }

    @Test
    void copyThroughTheDriverIsRefused() {
        project.revision(
                "b1",
                "'a1'",
                "op.get_bind().connection.cursor().copy('copy a from stdin')",
                "pass");

        assertThat(refusals())
                .containsExactly(
                        "migrations/versions/b1.py:11: upgrade() of revision b1 copies rows between"
                                + " the client and the server [not-supported]. Write the rows as"
                                + " insert statements");
    }

    @Test
    void failingRevisionIsNamed() {
        project.sql("b1", "'a1'", "grant select on a to nobody_here", "select 1");

        assertThat(refusals())
                .containsExactly(
                        "migrations/versions/b1.py:11: upgrade() of revision b1 fails on an empty"
                                + " database: UndefinedObject: role \"nobody_here\" does not exist"
                                + " [recording]. Make 'alembic upgrade heads' work on an empty"
                                + " database; what it needs beside (roles, extensions) can be had"
                                + " with --scratch, a server that has it");
    }

    @Test
    void missingModuleIsNamed() {
        project.env("import the_teams_app", "");

        assertThat(refusals())
                .containsExactly(
                        "migrations/env.py:4: ModuleNotFoundError: No module named 'the_teams_app'"
                                + " [program]. Install it for this Python, name another one with"
                                + " --program, or put its directory on PYTHONPATH");
    }

    @Test
    void environmentThatEndsTheProgramIsNamed() {
        project.env("import sys; sys.exit(3)", "");

        assertThat(refusals())
                .containsExactly(
                        "migrations/env.py:4: env.py ended the program (exit code 3) [program]. Run"
                                + " 'alembic current' with the same program and see why");
    }

    @Test
    void severalDatabasesAreRefused() {
        project.write(
                "migrations/env.py",
                AlembicProjectFiles.ENV.formatted("for each in ('one', 'two'):\n  pass", "").strip()
                        + "\n        context.run_migrations()\n");

        assertThat(refusals())
                .containsExactly(
                        directory
                                + ": env.py runs the migrations more than once, for several"
                                + " databases or several schemas [configuration]. Let it take one"
                                + " of them, chosen with -x NAME=VALUE or --environment SECTION,"
                                + " and build one plan for each");
    }

    @Test
    void environmentThatRunsNothingIsRefused() {
        project.write("migrations/env.py", "from alembic import context\n");

        assertThat(refusals())
                .containsExactly(
                        directory
                                + ": env.py ended without running the migrations [program]. Run"
                                + " 'alembic current' with the same program and see why");
    }

    @Test
    void statementsBehindTheRevisionsAreRefused() {
        project.write(
                "migrations/env.py",
                AlembicProjectFiles.ENV.formatted("", "").strip()
                        + "\n        connection.exec_driver_sql('analyze')"
                        + "\n    connection.commit()\n");

        assertThat(refusals())
                .containsExactly(
                        directory
                                + ": env.py executes 'analyze' behind the revisions, and no"
                                + " revision has it [not-supported]. Move it into a revision");
    }

    @Test
    void directoryWithoutAlembicIsRefused(@TempDir Path empty) {
        assertThat(refusals(empty, AlembicRuns.settings()))
                .containsExactly(
                        empty
                                + ": it has no alembic.ini, no [tool.alembic] in a pyproject.toml"
                                + " and no env.py [configuration]. Name the directory that has one,"
                                + " or the file with --config");
        assertThat(refusals(empty.resolve("no"), AlembicRuns.settings()))
                .containsExactly(
                        empty.resolve("no")
                                + ": there is no such directory [no-directory]. Name the directory"
                                + " of alembic.ini, or that of env.py");
    }

    @Test
    void programThatIsNotThereIsRefused() {
        SourceSettings settings =
                AlembicRuns.settings()
                        .withRecording(
                                new Recording(
                                        Optional.of("no-python-here"),
                                        Optional.empty(),
                                        Set.of(),
                                        AlembicRuns.settings().recording().scratch()));

        assertThat(refusals(directory, settings))
                .singleElement()
                .asString()
                .startsWith(
                        "no-python-here: Python, which runs the project's Alembic, cannot be"
                                + " started: ")
                .endsWith(
                        " [program]. Name the Python that has the project's Alembic with"
                                + " --program");
    }

    @Test
    void acceptedRevisionThatIsNotThereIsRefused() {
        assertThat(refusals(directory, AlembicRuns.settings("b7")))
                .containsExactly(
                        directory
                                + ": --accept names b7, and no revision has this id [no-migration]."
                                + " Give the whole revision id");
    }
}
