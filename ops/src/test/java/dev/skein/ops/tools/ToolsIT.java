package dev.skein.ops.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command does real work here before other tests rely on it. */
class ToolsIT {
    @TempDir private Path project;

    @Test
    @NeedsTool(Tool.ALEMBIC)
    void alembicUpgrades() throws IOException {
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
        write(
                "scripts/versions/a.py",
                """
                from alembic import op

                revision = "a1"
                down_revision = None

                def upgrade():
                    op.execute("create table a (id int)")

                def downgrade():
                    op.execute("drop table a")
                """);
        AlembicCommand alembic = new AlembicCommand(project, freshUrl());

        alembic.run("upgrade", "head").requireDone();

        assertThat(alembic.run("current").requireDone().output()).contains("a1 (head)");
        assertThat(alembic.run("upgrade", "nowhere").exitCode()).isNotZero();
    }

    @Test
    @NeedsTool(Tool.KNEX)
    void knexRunsJavaScriptAndTypeScript() throws IOException {
        write(
                "knexfile.ts",
                "export default { client: 'pg', connection: process.env.DATABASE_URL };\n");
        write(
                "migrations/1_a.js",
                """
                exports.up = (knex) => knex.schema.createTable('a', (table) => table.increments());
                exports.down = (knex) => knex.schema.dropTable('a');
                """);
        write(
                "migrations/2_b.ts",
                """
                import type { Knex } from 'knex';
                export async function up(knex: Knex): Promise<void> {
                    await knex.raw('create table b (id int)');
                }
                export async function down(knex: Knex): Promise<void> {
                    await knex.raw('drop table b');
                }
                """);
        KnexCommand knex = new KnexCommand(project, freshUrl());

        knex.run("migrate:latest").requireDone();

        assertThat(knex.run("migrate:list").requireDone().output())
                .contains("Found 2 Completed Migration file/files.", "1_a.js", "2_b.ts")
                .contains("No Pending Migration files Found.");
    }

    @Test
    @NeedsTool(Tool.PRISMA)
    void prismaDeploys() throws IOException {
        write(
                "prisma/schema.prisma",
                """
                datasource db {
                  provider = "postgresql"
                  url      = env("DATABASE_URL")
                }
                """);
        write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
        write("prisma/migrations/1_a/migration.sql", "create table a (id int);\n");
        PrismaCommand prisma = new PrismaCommand(project, freshUrl());

        assertThat(prisma.run("migrate", "status").exitCode()).isEqualTo(1);
        prisma.run("migrate", "deploy").requireDone();

        assertThat(prisma.run("migrate", "status").requireDone().output())
                .contains("Database schema is up to date!");
    }

    private static String freshUrl() {
        return DatabaseUrl.of(TestServers.freshDatabase("tools"));
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
