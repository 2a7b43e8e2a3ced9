package dev.skein.ops.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.dump.SchemaDump;
import dev.skein.ops.tools.AlembicCommand;
import dev.skein.ops.tools.DatabaseUrl;
import dev.skein.ops.tools.KnexCommand;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.PrismaCommand;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Framework;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drafted programs, run up and down by the frameworks themselves. */
class DraftToolsIT {
    /** With whatever a program's string or a framework could take for something else. */
    private static final List<String> UP =
            List.of(
                    "create table odd (a text default '`${x}?:b \\ \\n %s %(c)s \"d\" ''e'' :f')",
                    "create function f() returns boolean language sql as"
                            + " $$ select '{\"a\":1}'::jsonb ? 'a' $$");

    private static final List<String> DOWN = List.of("drop function f()", "drop table odd");
    private static final Draft DRAFT =
            new Draft("odd texts", UP, DOWN, Instant.parse("2026-01-02T03:04:05Z"));

    private static final String[] BOOKS = {
        "knex_migrations",
        "knex_migrations_lock",
        "knex_migrations_id_seq",
        "knex_migrations_lock_index_seq"
    };

    @TempDir private Path project;

    private final String database = TestServers.freshDatabase("draft");

    private void write(String file, String text) throws IOException {
        Files.createDirectories(project.resolve(file).getParent());
        Files.writeString(project.resolve(file), text);
    }

    private static String expected() {
        String database = TestServers.freshDatabase("draft");
        UP.forEach(statement -> TestServers.postgres().execute(database, statement));
        return SchemaDump.of(TestServers.postgres(), database);
    }

    private String found(String... books) {
        return SchemaDump.of(TestServers.postgres(), database, List.of(books));
    }

    @Test
    @NeedsTool(Tool.KNEX)
    void knexRunsTheDraftUpAndDown() throws IOException {
        write(
                "knexfile.js",
                "module.exports = { client: 'pg', connection: process.env.DATABASE_URL };\n");
        new DraftWriter(Framework.KNEX, project.resolve("migrations")).write(DRAFT);
        KnexCommand knex = new KnexCommand(project, DatabaseUrl.of(database));

        knex.run("migrate:latest").requireDone();
        assertThat(found(BOOKS)).isEqualTo(expected());

        knex.run("migrate:rollback").requireDone();
        assertThat(found(BOOKS)).doesNotContain("odd");
    }

    @Test
    @NeedsTool(Tool.ALEMBIC)
    void alembicRunsTheDraftUpAndDown() throws IOException {
        write("alembic.ini", "[alembic]\nscript_location = %(here)s/scripts\n");
        write(
                "scripts/env.py",
                """
                import os
                from alembic import context
                from sqlalchemy import create_engine

                with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                """);
        new DraftWriter(Framework.ALEMBIC, project.resolve("scripts")).write(DRAFT);
        AlembicCommand alembic = new AlembicCommand(project, DatabaseUrl.of(database));

        alembic.run("upgrade", "head").requireDone();
        assertThat(found("alembic_version")).isEqualTo(expected());

        alembic.run("downgrade", "base").requireDone();
        assertThat(found("alembic_version")).doesNotContain("odd");
    }

    @Test
    @NeedsTool(Tool.PRISMA)
    void prismaRunsTheDraftAndTheFileBesideItLeadsBack() throws IOException {
        write(
                "prisma/schema.prisma",
                "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n");
        write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
        List<Path> files =
                new DraftWriter(Framework.PRISMA, project.resolve("prisma/migrations"))
                        .write(DRAFT);

        new PrismaCommand(project, DatabaseUrl.of(database)).run("migrate", "deploy").requireDone();
        assertThat(found("_prisma_migrations")).isEqualTo(expected());

        runs(files, "down.sql");
        assertThat(found("_prisma_migrations")).doesNotContain("odd");
    }

    @Test
    void flywayRunsTheDraftAndItsUndoScriptLeadsBack() throws IOException {
        List<Path> files = new DraftWriter(Framework.FLYWAY, project).write(DRAFT);

        Flyway.configure()
                .dataSource(TestServers.postgres().jdbcUrl(database), TestPostgres.SUPERUSER, "")
                .locations("filesystem:" + project)
                .load()
                .migrate();
        assertThat(found("flyway_schema_history")).isEqualTo(expected());

        runs(files, "U1__odd_texts.sql");
        assertThat(found("flyway_schema_history")).doesNotContain("odd");
    }

    /** What only a paid edition runs, or nobody but Skein. */
    private void runs(List<Path> files, String name) throws IOException {
        Path down = files.stream().filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        TestServers.postgres().execute(database, Files.readString(down));
    }
}
