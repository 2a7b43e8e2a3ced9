package dev.skein.ops.source.alembic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An Alembic project as a team would have it, written by a test. */
final class AlembicProjectFiles {
    static final String ENV =
            """
            import os
            from alembic import context
            from sqlalchemy import create_engine
            %s
            url = os.environ.get("DATABASE_URL") or context.config.get_main_option("sqlalchemy.url")
            with create_engine(url).connect() as connection:
                context.configure(connection=connection%s)
                with context.begin_transaction():
                    context.run_migrations()
            """;

    private final Path directory;

    AlembicProjectFiles(Path directory) {
        this.directory = directory;
        write("alembic.ini", "[alembic]\nscript_location = %(here)s/migrations\n");
        env("", "");
    }

    Path directory() {
        return directory;
    }

    /** Writes env.py with more lines at its beginning and more arguments for its context. */
    void env(String lines, String arguments) {
        write("migrations/env.py", ENV.formatted(lines, arguments));
    }

    /** A revision behind another one, which is Python as a literal. */
    void revision(String id, String parents, String up, String down) {
        revision(id, parents, "None", up, down);
    }

    /** The same with what it depends on beside. */
    void revision(String id, String parents, String dependsOn, String up, String down) {
        write(
                "migrations/versions/" + id + ".py",
                """
                \"\"\"Revision %s\"\"\"
                import datetime, decimal, json, uuid
                import sqlalchemy as sa
                from alembic import op
                from sqlalchemy.dialects import postgresql
                revision = "%s"
                down_revision = %s
                depends_on = %s

                def upgrade():
                %s

                def downgrade():
                %s
                """
                        .formatted(id, id, parents, dependsOn, body(up), body(down)));
    }

    /** Revisions that execute one statement each way. */
    void sql(String id, String parents, String up, String down) {
        revision(id, parents, execute(up), execute(down));
    }

    static String execute(String sql) {
        return "op.execute(\"" + sql + "\")";
    }

    private static String body(String lines) {
        return lines.strip().indent(4).stripTrailing();
    }

    void write(String file, String text) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be written", e);
        }
    }
}
