package dev.skein.ops.source.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.Unplaced;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects as Flask-Migrate lays them out: alembic.ini beside env.py, and an application. */
@NeedsTool(Tool.ALEMBIC)
class AlembicFlaskIT {
    @TempDir private Path directory;
    private AlembicProjectFiles project;

    @BeforeEach
    void layOutAsFlaskMigrateDoes() throws IOException {
        project = new AlembicProjectFiles(directory);
        Files.delete(directory.resolve("alembic.ini"));
        project.write("migrations/alembic.ini", "[alembic]\n[loggers]\nkeys = root\n");
        project.write(
                "migrations/env.py",
                """
                from alembic import context
                from flask import current_app
                engine = current_app.extensions["migrate"].db.engine
                arguments = current_app.extensions["migrate"].configure_args
                with engine.connect() as connection:
                    context.configure(connection=connection, **arguments)
                    with context.begin_transaction():
                        context.run_migrations()
                """);
        project.write(
                "migrations/versions/a1.py",
                """
                from alembic import op
                from flask import current_app
                revision, down_revision = "a1", None
                name = current_app.config["TABLE"]
                def upgrade():
                    op.execute("create table %s ()" % name)
                def downgrade():
                    op.execute("drop table %s" % name)
                """);
    }

    private void application(String file) {
        project.write(
                file,
                """
                from flask import Flask
                from flask_migrate import Migrate
                from flask_sqlalchemy import SQLAlchemy
                app = Flask(__name__)
                app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///nowhere.db"
                app.config["TABLE"] = "a"
                Migrate(app, SQLAlchemy(app))
                """);
    }

    private Plan read(Path named) {
        return Unplaced.plan(new AlembicSource(note -> {}).read(named, AlembicRuns.settings()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "migrations"})
    void applicationIsFoundAsFlaskFindsIt(String named) {
        application("app.py");

        Plan plan = read(directory.resolve(named));

        assertThat(plan.migration("a1").orElseThrow().up())
                .containsExactly(new ScriptStep("create table a ();"));
    }

    @Test
    void missingApplicationIsNamed() {
        assertThat(PlanRefusals.of(() -> read(directory)))
                .singleElement()
                .asString()
                .startsWith(
                        directory
                                + ": env.py asks for Flask's current application, and Flask finds"
                                + " none: Could not locate a Flask application.")
                .endsWith(
                        " [configuration]. Set FLASK_APP as for 'flask db upgrade', for instance"
                                + " FLASK_APP=app:create_app, and name the directory in which that"
                                + " command runs");
    }
}
