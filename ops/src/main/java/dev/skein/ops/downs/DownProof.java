package dev.skein.ops.downs;

import dev.skein.ops.rehearse.RehearsalDatabase;
import dev.skein.ops.rehearse.SchemaPrint;
import dev.skein.ops.scratch.ServerAnswer;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.text.ShortList;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** Runs a down in a transaction that is rolled back, and looks at what it did. */
final class DownProof {
    private static final int NAMED_MAX = 3;

    private final RehearsalDatabase database;

    DownProof(RehearsalDatabase database) {
        this.database = database;
    }

    /**
     * Why the down is refused; empty if it restores the schema, and the migration can be applied
     * again afterwards. The second may fail on rows that the migration inserted and the down left.
     */
    Optional<String> refute(Migration migration, CandidateDown down, SchemaPrint before)
            throws SQLException {
        Connection connection = database.connection();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("begin");
            try {
                statement.execute(down.sql());
                Optional<String> difference =
                        difference(
                                before.differencesTo(
                                        SchemaPrint.of(connection, database.reader())));
                return difference.isPresent() ? difference : again(migration, statement);
            } catch (SQLException refused) {
                return Optional.of(
                        "since the one generated is refused: "
                                + ServerAnswer.of(refused, down.sql()));
            } finally {
                statement.execute("rollback");
            }
        }
    }

    private Optional<String> again(Migration migration, Statement statement) {
        if (migration.up().size() != 1
                || !(migration.up().get(0) instanceof ScriptStep script)
                || DataStatements.of(migration).isEmpty()) {
            return Optional.empty();
        }
        String sql = database.filled(script.sql());
        try {
            // Reading the schema has changed the search path.
            statement.execute("set local search_path to default");
            statement.execute(sql);
            return Optional.empty();
        } catch (SQLException refused) {
            return Optional.of(
                    "since after the one generated the migration cannot be applied again: "
                            + ServerAnswer.of(refused, sql));
        }
    }

    private static Optional<String> difference(List<ObjectChange> left) {
        if (left.isEmpty()) {
            return Optional.empty();
        }
        List<String> objects = left.stream().map(ObjectChange::object).toList();
        return Optional.of(
                "since the one generated does not bring back " + ShortList.of(objects, NAMED_MAX));
    }
}
