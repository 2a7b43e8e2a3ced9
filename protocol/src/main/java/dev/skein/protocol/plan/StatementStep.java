package dev.skein.protocol.plan;

import java.util.List;

/**
 * SQL that runs outside of Skein's own transaction: one statement that PostgreSQL refuses inside a
 * transaction block, or a script that begins and ends transactions itself.
 *
 * @param session statements such as {@code set maintenance_work_mem} that the script puts before
 *     it; they are run on the same connection each time
 * @param sql the statement, or the script, sent as one simple query
 * @param probe how the catalogue tells, after a crash, whether the statement took effect
 */
public record StatementStep(List<String> session, String sql, Probe probe) implements Step {
    /** Copies the list. */
    public StatementStep {
        session = List.copyOf(session);
    }

    @Override
    public String text() {
        return sql;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.on(this);
    }
}
