package dev.skein.ops.system;

import dev.skein.ops.build.PlanSources;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory of migrations, written by a test and read as {@code skein plan build} does. */
final class Migrations {
    private final Path directory;

    Migrations(Path directory) {
        this.directory = directory;
    }

    /** A migration of plain SQL with a way back. */
    Migrations sql(String name, String up, String down) {
        return file(name + ".up.sql", up).file(name + ".down.sql", down);
    }

    /** Three with ways back; the second fails where two customers have one address. */
    Migrations phoneEmailCity() {
        return sql(
                        "0001_phone",
                        "alter table customer add phone text;",
                        "alter table customer drop phone;")
                .sql(
                        "0002_unique_email",
                        "create unique index customer_email on customer (email);",
                        "drop index customer_email;")
                .sql(
                        "0003_city",
                        "alter table customer add city text;",
                        "alter table customer drop city;");
    }

    /** A file, by its path; what was there under that name is gone. */
    Migrations file(String name, String text) {
        ProjectFile.write(directory, name, text);
        return this;
    }

    /** Takes a file away. */
    Migrations without(String name) {
        try {
            Files.delete(directory.resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("the test's file " + name + " cannot be deleted", e);
        }
    }

    Path directory() {
        return directory;
    }

    /** As plain SQL. */
    Plan plan() {
        return PlanSources.of(Framework.SQL).read(directory, SourceSettings.defaults());
    }

    /** As a location of Flyway. */
    Plan flywayPlan() {
        return PlanSources.of(Framework.FLYWAY).read(directory, SourceSettings.defaults());
    }
}
