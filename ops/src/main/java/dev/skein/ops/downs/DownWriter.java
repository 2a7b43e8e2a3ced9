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
     * The first down that is proven: with renames and enumerations taken back one by one, else from
     * the difference alone.
     */
    Result write(Migration migration, Change change) throws SQLException {
        Moment before = change.before();
        List<String> stayLost = StayLost.by(migration, change);
        Triggers triggers = before.triggers();
        Optional<Candidate> gentle = gentle(change).map(each -> each.with(triggers).and(stayLost));
        Candidate plain =
                candidate(List.of(), List.of(), change.now(), change.then())
                        .with(triggers)
                        .and(stayLost);
        String reason = "";
        for (Candidate each : candidates(gentle, plain)) {
            for (Candidate spelling : spellings(migration, each)) {
                Optional<String> refuted = proof.refute(migration, spelling, before.print());
                if (refuted.isEmpty()) {
                    return new Result(Optional.of(spelling), "");
                }
                reason = refuted.get();
            }
        }
        return new Result(Optional.empty(), reason);
    }

    private static List<Candidate> candidates(Optional<Candidate> gentle, Candidate plain) {
        List<Candidate> all = new ArrayList<>();
        gentle.ifPresent(all::add);
        gentle.map(Candidate::castThroughText).ifPresent(all::add);
        all.add(plain);
        all.add(plain.castThroughText());
        return all.stream().distinct().toList();
    }

    private Candidate candidate(
            List<String> first, List<String> losses, SchemaModel from, SchemaModel to) {
        SchemaDifference rest = SchemaDifference.between(from, to, scope);
        List<String> statements = new ArrayList<>(first);
        statements.addAll(rest.statements());
        List<String> all = new ArrayList<>(losses);
        all.addAll(
                Losses.of(
                        rest.statements(),
                        () -> SchemaDifference.between(to, from, scope).statements()));
        return new Candidate(statements, all);
    }

    private static List<Candidate> spellings(Migration migration, Candidate down) {
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
     * Absent where nothing was renamed or validated and no enumeration grew, or that cannot be
     * taken back.
     */
    private Optional<Candidate> gentle(Change change) {
        Moment before = change.before();
        Moment after = change.after();
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
            return Optional.of(candidate(first, losses, model, change.then()));
        } catch (SQLException | SchemaFailure refused) {
            // A view on the column, say: the difference of the schemas knows how to go about it.
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
     * What came of it.
     *
     * @param candidate the proven down
     * @param reason why there is none, where there is none
     */
    record Result(Optional<Candidate> candidate, String reason) {}
}
