package dev.skein.ops.downs;

import dev.skein.ops.rehearse.RehearsalDatabase;
import dev.skein.ops.schema.Losses;
import dev.skein.ops.schema.SchemaDifference;
import dev.skein.ops.schema.SchemaFailure;
import dev.skein.ops.schema.SchemaModel;
import dev.skein.ops.scratch.ScratchDatabase;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes the down of one migration, while the scratch database is as the migration left it. */
final class DownWriter {
    private static final Pattern NAMES_PUBLIC = Pattern.compile("\\bpublic\"?\\s*\\.");

    private final ScratchServer server;
    private final RehearsalDatabase database;
    private final SchemaDifference.Scope scope;
    private final DownProof proof;

    DownWriter(ScratchServer server, RehearsalDatabase database) {
        this.server = server;
        this.database = database;
        this.scope =
                new SchemaDifference.Scope(
                        server.user(), true, database.reader().frameworkTables());
        this.proof = new DownProof(database);
    }

    /**
     * The first down that is proven. Renames and enumerations are undone one by one if that works;
     * otherwise the down is the difference of the schemas alone.
     */
    Result write(Migration migration, MigrationEffect change) throws SQLException {
        SchemaSnapshot before = change.before();
        List<String> stayLost = IrrecoverableLosses.by(migration, change);
        TriggerDefinitions triggers = before.triggers();
        Optional<CandidateDown> gentle =
                gentle(change).map(each -> each.with(triggers).and(stayLost));
        CandidateDown plain =
                candidate(List.of(), List.of(), change.schemaAfter(), change.schemaBefore())
                        .with(triggers)
                        .and(stayLost);
        String reason = "";
        for (CandidateDown each : candidates(gentle, plain)) {
            for (CandidateDown spelling : spellings(migration, each)) {
                Optional<String> refuted = proof.refute(migration, spelling, before.print());
                if (refuted.isEmpty()) {
                    return new Result(Optional.of(spelling), "");
                }
                reason = refuted.get();
            }
        }
        return new Result(Optional.empty(), reason);
    }

    private static List<CandidateDown> candidates(
            Optional<CandidateDown> gentle, CandidateDown plain) {
        List<CandidateDown> all = new ArrayList<>();
        gentle.ifPresent(all::add);
        gentle.map(CandidateDown::castThroughText).ifPresent(all::add);
        all.add(plain);
        all.add(plain.castThroughText());
        return all.stream().distinct().toList();
    }

    private CandidateDown candidate(
            List<String> first, List<String> losses, SchemaModel from, SchemaModel to) {
        SchemaDifference rest = SchemaDifference.between(from, to, scope);
        List<String> statements = new ArrayList<>(first);
        statements.addAll(rest.statements());
        List<String> all = new ArrayList<>(losses);
        all.addAll(
                Losses.of(
                        rest.statements(),
                        () -> SchemaDifference.between(to, from, scope).statements()));
        return new CandidateDown(statements, all);
    }

    private static List<CandidateDown> spellings(Migration migration, CandidateDown down) {
        return NAMES_PUBLIC.matcher(sql(migration)).find()
                ? List.of(down)
                : List.of(down.unqualified(), down);
    }

    private static String sql(Migration migration) {
        StringBuilder sql = new StringBuilder();
        for (Step step : migration.up()) {
            if (step instanceof ScriptStep script) {
                sql.append(script.sql());
            }
        }
        return sql.toString();
    }

    /**
     * Empty if nothing was renamed or validated and no enumeration grew, or if that cannot be
     * undone.
     */
    private Optional<CandidateDown> gentle(MigrationEffect change) {
        SchemaSnapshot before = change.before();
        SchemaSnapshot after = change.after();
        List<String> alterations = new ArrayList<>(Renames.back(before.names(), after.names()));
        alterations.addAll(before.unvalidated().back(after.unvalidated(), after.names()));
        if (alterations.isEmpty() && before.labels().grownIn(after.labels()).isEmpty()) {
            return Optional.empty();
        }
        // A database that is copied has no connections.
        database.disconnect();
        try (ScratchDatabase copy = server.create(Optional.of(database.database().name()))) {
            List<String> first = new ArrayList<>(alterations);
            List<String> losses = new ArrayList<>();
            try (Connection connection = copy.connect()) {
                run(connection, alterations);
                Map<String, List<String>> grown =
                        before.labels().grownIn(EnumChanges.at(connection));
                for (Map.Entry<String, List<String>> type : grown.entrySet()) {
                    List<String> replacement =
                            EnumChanges.replacement(connection, type.getKey(), type.getValue());
                    losses.addAll(narrowed(connection, type.getKey()));
                    run(connection, replacement);
                    first.addAll(replacement);
                }
            }
            SchemaModel model = SchemaModel.read("the scratch database", copy::connect);
            return Optional.of(candidate(first, losses, model, change.schemaBefore()));
        } catch (SQLException | SchemaFailure refused) {
            // A view may use the column, for example. The difference of the schemas handles that.
            return Optional.empty();
        }
    }

    private static List<String> narrowed(Connection connection, String type) throws SQLException {
        return EnumChanges.columns(connection, type).stream()
                .map(
                        each ->
                                "it fails where column %s.%s holds a label of %s that is new"
                                        .formatted(each.table(), each.name(), type))
                .toList();
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /**
     * A down, or why there is none.
     *
     * @param candidate the proven down
     * @param reason why there is none; empty text if there is one
     */
    record Result(Optional<CandidateDown> candidate, String reason) {}
}
