package dev.skein.ops.system;

import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.build.PlanSources;
import dev.skein.ops.dump.SchemaDump;
import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.tools.DatabaseUrl;
import dev.skein.ops.tools.PrismaCommand;
import dev.skein.ops.tools.Ran;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A project of Prisma, and a person who runs Prisma itself on tenants' databases. */
final class PrismaHand {
    private static final String ROWS =
            "select coalesce(string_agg(concat_ws(' ', migration_name, checksum, case when"
                    + " finished_at is null then 'unfinished' else 'finished' end, case when"
                    + " rolled_back_at is not null then 'rolled-back' end, case when logs is not"
                    + " null then 'logs' end, applied_steps_count), e'\\n' order by started_at),"
                    + " '') from _prisma_migrations";

    private final Path project;

    PrismaHand(Path project) {
        this.project = project;
        write(
                "schema.prisma",
                """
                datasource db {
                  provider = "postgresql"
                  url      = env("DATABASE_URL")
                }
                """);
        write("migrations/migration_lock.toml", "provider = \"postgresql\"\n");
        // Prisma takes no database over that has tables but none of its own: all begin with these.
        migration("0_init", Tenant.SCHEMA);
    }

    /** Adds a migration without a way back, or edits it. */
    PrismaHand migration(String name, String sql) {
        write("migrations/" + name + "/migration.sql", sql);
        return this;
    }

    /** Adds one with a way back, of which Prisma takes no notice. */
    PrismaHand migration(String name, String sql, String down) {
        write("migrations/" + name + "/down.sql", down);
        return migration(name, sql);
    }

    /** Adds a program beside the script of a migration, of which Prisma takes no notice either. */
    PrismaHand program(String name, String file, String text) {
        write("migrations/" + name + "/" + file, text);
        return this;
    }

    /** As {@code skein plan build --format prisma} reads the project. */
    Plan plan() {
        return PlanSources.of(Framework.PRISMA).read(project, SourceSettings.defaults());
    }

    /** The same, where a runner is to run some of the programs in it. */
    Plan plan(Delegation delegation) {
        return PlanSources.of(Framework.PRISMA)
                .read(
                        project,
                        SourceSettings.defaults()
                                .withRecording(Recording.defaults().delegating(delegation)));
    }

    /** Tells Prisma that the tenant has what every tenant begins with. */
    void baseline(Tenant tenant) {
        run(tenant, "migrate", "resolve", "--applied", "0_init").requireDone();
    }

    /** What {@code prisma migrate status} says, the database's name left out. */
    Ran status(Tenant tenant) {
        return run(tenant, "migrate", "status");
    }

    /** {@code prisma migrate deploy}, the database's name left out of what it says. */
    Ran deploy(Tenant tenant) {
        return run(tenant, "migrate", "deploy");
    }

    /** The same beside what the test does meanwhile. */
    CompletableFuture<Ran> deployMeanwhile(Tenant tenant) {
        return CompletableFuture.supplyAsync(() -> deploy(tenant));
    }

    Ran run(Tenant tenant, String... arguments) {
        Ran ran = new PrismaCommand(project, DatabaseUrl.of(tenant.database())).run(arguments);
        // A failure's row says when it began.
        String output =
                ran.output()
                        .replace(tenant.database(), "DATABASE")
                        .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]+ UTC", "TIME");
        return new Ran(ran.exitCode(), output);
    }

    /** Prisma's table, a line a row, but for ids, times and the text of failures. */
    static String rows(Tenant tenant) {
        return tenant.text(ROWS);
    }

    /** The schema as text, without what is Skein's or Prisma's own. */
    static String schema(Tenant tenant) {
        return SchemaDump.of(
                TestServers.postgres(), tenant.database(), List.of("_prisma_migrations"));
    }

    private void write(String file, String text) {
        ProjectFile.write(project.resolve("prisma"), file, text);
    }
}
