package dev.skein.ops.downs;

import dev.skein.ops.trial.SchemaPrint;
import dev.skein.ops.trial.ServerAnswer;
import dev.skein.ops.trial.Trial;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs a down in a transaction that is rolled back, and looks at the schema in it. */
final class DownProof {
    private static final int NAMED_MAX = 3;

    private final Trial trial;
    private final Plan plan;

    DownProof(Trial trial, Plan plan) {
        this.trial = trial;
        this.plan = plan;
    }

    /** Why the down is none; absent where it gives the schema of before. */
    Optional<String> refute(Candidate down, SchemaPrint before) throws SQLException {
        Connection connection = trial.connection();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("begin");
            try {
                statement.execute(down.sql());
                return difference(before.differencesTo(SchemaPrint.of(connection, plan)));
            } catch (SQLException refused) {
                return Optional.of(
                        "since the one generated is refused: "
                                + ServerAnswer.of(refused, down.sql()));
            } finally {
                statement.execute("rollback");
            }
        }
    }

    private static Optional<String> difference(List<ObjectChange> left) {
        if (left.isEmpty()) {
            return Optional.empty();
        }
        String more = left.size() > NAMED_MAX ? " and " + (left.size() - NAMED_MAX) + " more" : "";
        return Optional.of(
                "since the one generated does not bring back "
                        + left.stream()
                                .limit(NAMED_MAX)
                                .map(ObjectChange::object)
                                .collect(Collectors.joining(", "))
                        + more);
    }
}
