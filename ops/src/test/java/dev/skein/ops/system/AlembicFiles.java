package dev.skein.ops.system;

import dev.skein.ops.build.PlanSources;
import dev.skein.ops.rehearse.Scratch;
import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.tools.AlembicCommand;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;

/** A project of Alembic's, written by a test. */
final class AlembicFiles {
    private static final String INI = "[alembic]\nscript_location = %(here)s/scripts\n";

    private static final String ENV =
            """
            import os
            from alembic import context
            from sqlalchemy import create_engine, text

            with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
                %s
                with context.begin_transaction():
                    context.run_migrations()
            """;

    private static final String REVISION =
            """
            \"""%1$s\"""
            from alembic import op

            revision = "%1$s"
            %2$s

            def upgrade():
                %3$s

            def downgrade():
                %4$s
            """;

    private final Path directory;

    private AlembicFiles(Path directory) {
        this.directory = directory;
    }

    /** A project with the table and the transactions that Alembic takes by itself. */
    static AlembicFiles in(Path directory) {
        return in(directory, "context.configure(connection=connection)");
    }

    /**
     * A project.
     *
     * @param configuration what its env.py does with {@code connection} ahead of the revisions
     */
    static AlembicFiles in(Path directory, String configuration) {
        AlembicFiles files = new AlembicFiles(directory);
        files.write("alembic.ini", INI);
        files.write("scripts/env.py", ENV.formatted(configuration));
        return files;
    }

    /**
     * A revision.
     *
     * @param place its {@code down_revision}, and what else it has of the kind
     * @param upgrade lines of Python
     */
    AlembicFiles revision(String id, String place, String upgrade, String downgrade) {
        String text = REVISION.formatted(id, place, body(upgrade), body(downgrade));
        return write("scripts/versions/" + id + ".py", text);
    }

    /** One that executes SQL, on top of another one. */
    AlembicFiles sql(String id, String parent, String up, String down) {
        return revision(id, on(parent), execute(up), execute(down));
    }

    /** Its place on top of another one. */
    static String on(String parent) {
        return "down_revision = \"" + parent + "\"";
    }

    static String execute(String sql) {
        return "op.execute(\"" + sql + "\")";
    }

    private static String body(String lines) {
        return lines.strip().indent(4).strip();
    }

    private AlembicFiles write(String file, String text) {
        ProjectFile.write(directory, file, text);
        return this;
    }

    /** As {@code skein plan build} makes it, on the tests' own server. */
    Plan plan() {
        return plan(Delegation.none());
    }

    /** The same, where Alembic itself is to run some of it. */
    Plan plan(Delegation delegation) {
        Recording recording =
                new Recording(
                        Optional.of(AlembicCommand.python().toString()),
                        Optional.empty(),
                        Collections.emptySet(),
                        Optional.of(Scratch.address()));
        return PlanSources.of(Framework.ALEMBIC)
                .read(
                        directory,
                        SourceSettings.defaults().withRecording(recording.delegating(delegation)));
    }

    /** A person with this project. */
    AlembicHand hand(Tenant tenant) {
        return new AlembicHand(tenant, directory);
    }
}
