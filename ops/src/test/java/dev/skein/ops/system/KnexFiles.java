package dev.skein.ops.system;

import dev.skein.ops.build.PlanSources;
import dev.skein.ops.rehearse.Scratch;
import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.tools.KnexCommand;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Stream;

/** A project of Knex's, written by a test. */
final class KnexFiles {
    private static final String KNEXFILE =
            """
            module.exports = {
              client: 'pg',
              connection: process.env.DATABASE_URL,
              migrations: { directory: './migrations'%s },
            };
            """;

    private static final String MIGRATION =
            """
            exports.up = async (knex) => {
              %s
            };
            exports.down = async (knex) => {
              %s
            };
            %s
            """;

    private final Path directory;

    private KnexFiles(Path directory) {
        this.directory = directory;
    }

    static KnexFiles in(Path directory) {
        return in(directory, "");
    }

    /**
     * A project.
     *
     * @param options more of the knexfile's {@code migrations}
     */
    static KnexFiles in(Path directory, String options) {
        KnexFiles files = new KnexFiles(directory);
        files.write("knexfile.js", KNEXFILE.formatted(options.isEmpty() ? "" : ", " + options));
        return files;
    }

    /** A migration of JavaScript. */
    KnexFiles migration(String name, String up, String down) {
        return write("migrations/" + name, MIGRATION.formatted(up, down, ""));
    }

    /** One that Knex runs outside a transaction. */
    KnexFiles outside(String name, String up, String down) {
        String config = "exports.config = { transaction: false };";
        return write("migrations/" + name, MIGRATION.formatted(up, down, config));
    }

    /** What a migration does to execute SQL. */
    static String raw(String sql) {
        return "await knex.raw(`" + sql + "`);";
    }

    /** The same project as it was when it had only its first migrations. */
    KnexFiles first(int count, Path elsewhere) {
        try {
            Path migrations = elsewhere.resolve("migrations");
            Files.createDirectories(migrations);
            Files.copy(directory.resolve("knexfile.js"), elsewhere.resolve("knexfile.js"));
            try (Stream<Path> all = Files.list(directory.resolve("migrations"))) {
                for (Path each : all.sorted().limit(count).toList()) {
                    Files.copy(each, migrations.resolve(each.getFileName()));
                }
            }
            return new KnexFiles(elsewhere);
        } catch (IOException e) {
            throw new UncheckedIOException("the test's files cannot be copied", e);
        }
    }

    private KnexFiles write(String file, String text) {
        ProjectFile.write(directory, file, text);
        return this;
    }

    /** As {@code skein plan build} makes it, on the tests' own server. */
    Plan plan() {
        return plan(Delegation.none());
    }

    /** The same, where Knex itself is to run some of it. */
    Plan plan(Delegation delegation) {
        KnexCommand.modules(directory);
        Recording recording =
                new Recording(
                        Optional.empty(),
                        Optional.empty(),
                        Collections.emptySet(),
                        Optional.of(Scratch.address()));
        return PlanSources.of(Framework.KNEX)
                .read(
                        directory,
                        SourceSettings.defaults().withRecording(recording.delegating(delegation)));
    }

    /** A person with this project. */
    KnexHand hand(Tenant tenant) {
        return new KnexHand(tenant, directory);
    }
}
