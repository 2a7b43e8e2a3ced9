package dev.skein.protocol.plan;

import java.util.List;
import java.util.Optional;

/**
 * SQL that runs in one transaction together with its ledger row and its version-table row.
 *
 * @param sql one or more statements, none of which controls the transaction
 * @param places where they stand in the files they were read from; absent where nothing says so,
 *     and in plans of versions that did not note it
 */
public record ScriptStep(String sql, Optional<List<ScriptExcerpt>> places) implements Step {
    /** Copies the list. */
    public ScriptStep {
        places = places.map(List::copyOf);
    }

    /** A script that was read from no file. */
    public ScriptStep(String sql) {
        this(sql, Optional.empty());
    }

    @Override
    public List<ScriptExcerpt> excerpts() {
        return places.orElse(List.of());
    }

    @Override
    public ScriptStep at(List<ScriptExcerpt> excerpts) {
        return new ScriptStep(sql, excerpts.isEmpty() ? Optional.empty() : Optional.of(excerpts));
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
