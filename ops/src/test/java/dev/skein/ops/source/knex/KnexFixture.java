package dev.skein.ops.source.knex;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.engine.ServerUri;
import dev.skein.ops.scratch.ScratchAddress;
import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.Unplaced;
import dev.skein.ops.tools.DatabaseUrl;
import dev.skein.ops.tools.KnexCommand;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A project that a test writes, with the installed Knex and a knexfile of the usual kind. */
final class KnexFixture {
    private final Path directory;
    private final List<String> notes = new ArrayList<>();
    private Recording recording;
    private SourceSettings settings = SourceSettings.defaults();
    private Duration silenceMax = Duration.ofMinutes(10);

    KnexFixture(Path directory) {
        this.directory = directory;
        this.recording =
                new Recording(Optional.empty(), Optional.empty(), Set.of(), Optional.of(scratch()));
        // The constructor gives the project its modules.
        new KnexCommand(directory, "");
    }

    /** The tests' own server: a recording that started one each time would take seconds more. */
    private static ScratchAddress scratch() {
        return new ScratchAddress(
                ServerUri.parse(DatabaseUrl.of(TestPostgres.SUPERUSER)), Optional.empty());
    }

    KnexFixture write(String file, String text) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A knexfile in CommonJS with more settings beside the connection. */
    KnexFixture knexfile(String more) {
        return write(
                "knexfile.js",
                "module.exports = { client: 'pg', connection: process.env.DATABASE_URL, %s };\n"
                        .formatted(more));
    }

    /** A migration in CommonJS, of the bodies of its functions. */
    KnexFixture migration(String name, String up, String down) {
        return write(
                "migrations/" + name,
                """
                exports.up = async (knex) => { %s };
                exports.down = async (knex) => { %s };
                """
                        .formatted(up, down));
    }

    KnexFixture accepting(String... names) {
        return recording(recording.program(), recording.environment(), Set.of(names));
    }

    KnexFixture inEnvironment(String name) {
        return recording(recording.program(), Optional.of(name), recording.accepted());
    }

    KnexFixture withProgram(String program) {
        return recording(Optional.of(program), recording.environment(), recording.accepted());
    }

    /** Has the runner "billing" run these by Knex. */
    KnexFixture delegating(String... names) {
        recording = recording.delegating(new Delegation(Set.of(names), Optional.of("billing")));
        return this;
    }

    private KnexFixture recording(
            Optional<String> program, Optional<String> environment, Set<String> accepted) {
        recording = new Recording(program, environment, accepted, recording.scratch());
        return this;
    }

    KnexFixture with(SourceSettings others) {
        settings = others;
        return this;
    }

    KnexFixture silentFor(Duration most) {
        silenceMax = most;
        return this;
    }

    /** Takes the installed modules away and gives the project only these of them. */
    KnexFixture withOnly(String... modules) {
        try {
            Path all = directory.resolve("node_modules");
            Files.delete(all);
            Files.createDirectory(all);
            for (String each : modules) {
                Files.createSymbolicLink(
                        all.resolve(each), Tool.KNEX.home().resolve("node_modules").resolve(each));
            }
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Plan plan() {
        return Unplaced.plan(placed());
    }

    /** With the places of its statements. */
    Plan placed() {
        return new KnexSource(notes::add, silenceMax)
                .read(directory, settings.withRecording(recording));
    }

    /** What the refused project is told; DIR is its directory, and N the server's version. */
    List<String> refusals() {
        return PlanRefusals.of(this::plan).stream()
                .map(each -> each.replace(directory.toString(), "DIR"))
                .map(each -> each.replaceAll("PostgreSQL \\d[\\d.]*", "PostgreSQL N"))
                .toList();
    }

    /** What a person was told beside the plan, without the progress. */
    List<String> notes() {
        return notes.stream().filter(each -> !each.startsWith("recording ")).toList();
    }

    /** A database that Knex itself has brought up to date. */
    String migratedByKnex() {
        String database = TestServers.freshDatabase("knex");
        new KnexCommand(directory, DatabaseUrl.of(database)).run("migrate:latest").requireDone();
        return database;
    }

    /** A database that the plan's steps have brought up to date. */
    static String migratedBy(Plan plan) throws SQLException {
        String database = TestServers.freshDatabase("plan");
        for (Migration migration : plan.migrations()) {
            execute(database, migration.up());
        }
        return database;
    }

    /** Runs steps as an agent would. */
    static void execute(String database, List<Step> steps) throws SQLException {
        try (Connection connection = TestServers.postgres().connect(database);
                Statement statement = connection.createStatement()) {
            for (Step step : steps) {
                for (String sql : step.accept(new Texts())) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static final class Texts implements Step.Visitor<List<String>> {
        @Override
        public List<String> on(ScriptStep step) {
            return List.of("begin", step.sql(), "commit");
        }

        @Override
        public List<String> on(StatementStep step) {
            List<String> all = new ArrayList<>(step.session());
            all.add(step.sql());
            return all;
        }

        @Override
        public List<String> on(DelegatedStep step) {
            return List.of();
        }

        @Override
        public List<String> on(CheckStep step) {
            return List.of();
        }
    }
}
