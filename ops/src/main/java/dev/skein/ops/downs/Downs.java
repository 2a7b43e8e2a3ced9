package dev.skein.ops.downs;

import dev.skein.ops.rehearse.RehearsalDatabase;
import dev.skein.ops.rehearse.RehearsalFailure;
import dev.skein.ops.rehearse.RehearsalHost;
import dev.skein.ops.rehearse.SchemaPrint;
import dev.skein.ops.schema.SchemaFailure;
import dev.skein.ops.schema.SchemaModel;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.GeneratedDown;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the downs that a plan's migrations lack, each from the difference of the schemas after and
 * before it, and proves them.
 *
 * <ol>
 *   <li>The plan is applied on a scratch database, one migration after the other.
 *   <li>For a versioned migration without a down, what it renamed is named back and what it added
 *       to enumerations is taken out; the rest is the difference of the schemas.
 *   <li>The down is run in a transaction that is rolled back; it is kept if the schema in it is the
 *       one of before.
 * </ol>
 *
 * <p>Downs that are there stay as they are. Threads: one at a time.
 */
public final class Downs {
    private final ScratchServer server;
    private final RehearsalHost host;

    /** On scratch databases of that server. */
    public Downs(ScratchServer server, RehearsalHost host) {
        this.server = server;
        this.host = host;
    }

    /**
     * The plan with the downs that could be generated.
     *
     * @throws RehearsalFailure if a step up does not run on an empty database
     */
    public DownFindings generate(Plan plan) {
        try (RehearsalDatabase database =
                new RehearsalDatabase(server, Optional.empty(), plan, host)) {
            return new Generation(plan, database).run();
        } catch (SQLException failure) {
            throw new RehearsalFailure(
                    "the catalogue of the scratch database cannot be read: " + failure.getMessage(),
                    failure);
        }
    }

    /** One plan on one scratch database. */
    private final class Generation {
        private final Plan plan;
        private final DownWriter writer;
        private final RehearsalDatabase database;
        private final List<Migration> migrations = new ArrayList<>();
        private final List<DownFinding> findings = new ArrayList<>();

        /** The schema as it is now; absent where nobody has asked for it. */
        private Optional<SchemaModel> model = Optional.empty();

        private String unreadable = "";

        Generation(Plan plan, RehearsalDatabase database) {
            this.plan = plan;
            this.database = database;
            this.writer = new DownWriter(server, database);
        }

        DownFindings run() throws SQLException {
            // A migration may rely on what the framework runs before the first one.
            database.runHooksBefore(plan.migrations().get(0));
            for (Migration migration : plan.migrations()) {
                migrations.add(take(migration));
            }
            Plan result =
                    findings.stream().anyMatch(DownFinding::isGenerated)
                            ? plan.withMigrations(migrations)
                            : plan;
            return new DownFindings(result, findings);
        }

        private Migration take(Migration migration) throws SQLException {
            if (migration.kind() == MigrationKind.BASELINE && follows(migration)) {
                findings.add(DownFinding.none(migration, "since it stands for other migrations"));
                return migration;
            }
            Optional<String> reason = reasonForNone(migration);
            if (migration.down().isPresent() || reason.isPresent()) {
                apply(migration);
                model = Optional.empty();
                if (migration.down().isEmpty()) {
                    findings.add(DownFinding.none(migration, reason.orElseThrow()));
                }
                return migration;
            }
            return withDown(migration);
        }

        private Optional<String> reasonForNone(Migration migration) {
            if (migration.kind() != MigrationKind.VERSIONED) {
                return Optional.of(reasonOfKind(migration));
            }
            return migration.up().stream().anyMatch(DelegatedStep.class::isInstance)
                    ? Optional.of(
                            "since a program carries it out, which may change other rows and"
                                    + " objects in each database")
                    : Optional.empty();
        }

        /** Whether the migrations for which a baseline stands are in the plan themselves. */
        private boolean follows(Migration baseline) {
            return plan.migrations().get(0) != baseline;
        }

        private String reasonOfKind(Migration migration) {
            return migration.kind() == MigrationKind.REPEATABLE
                    ? "since the text that it replaces is another in each database"
                    : "since it stands for other migrations";
        }

        private Migration withDown(Migration migration) throws SQLException {
            SchemaSnapshot before = moment();
            Optional<SchemaModel> then = readable();
            List<String> roles = database.madeRoles();
            apply(migration);
            List<String> made = new ArrayList<>(database.madeRoles());
            made.removeAll(roles);
            SchemaSnapshot after = moment();
            if (before.print().equals(after.print())) {
                return withoutDifference(migration);
            }
            model = Optional.empty();
            Optional<SchemaModel> now = readable();
            DownFinding finding =
                    then.isPresent() && now.isPresent()
                            ? written(
                                    migration,
                                    new MigrationEffect(before, then.get(), after, now.get(), made))
                            : DownFinding.none(migration, unreadable);
            findings.add(finding);
            return finding.migration();
        }

        private DownFinding written(Migration migration, MigrationEffect change)
                throws SQLException {
            try {
                DownWriter.Result result = writer.write(migration, change);
                return result.candidate()
                        .map(each -> DownFinding.generated(completed(migration, each)))
                        .orElseGet(() -> DownFinding.none(migration, result.reason()));
            } catch (SchemaFailure failure) {
                return DownFinding.none(migration, "since " + failure.getMessage());
            }
        }

        private Migration withoutDifference(Migration migration) {
            List<String> data = DataStatements.of(migration);
            if (data.isEmpty() && DataStatements.isEmpty(migration)) {
                Migration empty = migration.withDown(List.of(), new GeneratedDown(List.of()));
                findings.add(DownFinding.generated(empty));
                return empty;
            }
            String reason =
                    data.isEmpty()
                            ? "since it changes nothing in an empty schema"
                            : "since it changes rows and not the schema: " + data.get(0);
            findings.add(DownFinding.none(migration, reason));
            return migration;
        }

        private Migration completed(Migration migration, CandidateDown down) {
            return migration.withDown(
                    List.of(new ScriptStep(down.sql())), new GeneratedDown(down.losses()));
        }

        private void apply(Migration migration) throws SQLException {
            database.apply(migration);
        }

        private SchemaSnapshot moment() throws SQLException {
            Connection connection = database.connection();
            return new SchemaSnapshot(
                    SchemaPrint.of(connection, database.reader()),
                    CatalogueNames.of(connection),
                    EnumChanges.at(connection),
                    TriggerDefinitions.of(connection),
                    UnvalidatedConstraints.of(connection));
        }

        /** Absent, with the reason in {@code unreadable}, where the schema cannot be read. */
        private Optional<SchemaModel> readable() {
            if (model.isEmpty()) {
                try {
                    model =
                            Optional.of(
                                    SchemaModel.read(
                                            "the scratch database", database.database()::connect));
                } catch (SchemaFailure failure) {
                    unreadable = "since " + failure.getMessage();
                }
            }
            return model;
        }
    }
}
