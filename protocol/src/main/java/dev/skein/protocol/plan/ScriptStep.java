package dev.skein.protocol.plan;

/**
 * SQL that runs in one transaction together with its ledger row and its version-table row.
 *
 * @param sql one or more statements, none of which controls the transaction
 */
public record ScriptStep(String sql) implements Step {
    @Override
    public String text() {
        return sql;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.on(this);
    }
}
