package dev.skein.protocol.plan;

import java.util.List;
import java.util.Optional;

/**
 * SQL that runs outside of Skein's own transaction: one statement that PostgreSQL refuses inside a
 * transaction block, or a script that begins and ends transactions itself.
 *
 * @param session statements such as {@code set maintenance_work_mem} that the script puts before
 *     it; they are run on the same connection each time
 * @param sql the statement, or the script, sent as one simple query
 * @param probe how the catalogue tells, after a crash, whether the statement took effect
 * @param atomicity what can stay of {@code sql} if it does not come to its end; absent where the
 *     probe tells, and in plans of versions that did not note it
 * @param places where the statements of {@code session} and {@code sql} stand in the files they
 *     were read from; absent where nothing says so, and in plans of versions that did not note it
 */
public record StatementStep(
        List<String> session,
        String sql,
        Probe probe,
        Optional<Atomicity> atomicity,
        Optional<List<ScriptExcerpt>> places)
        implements UnboundStep {
    /** Copies the lists. */
    public StatementStep {
        session = List.copyOf(session);
        places = places.map(List::copyOf);
    }

    /** A step that does not say what can stay of it. */
    public StatementStep(List<String> session, String sql, Probe probe) {
        this(session, sql, probe, Optional.empty(), Optional.empty());
    }

    /** The same step, with what can stay of it. */
    public StatementStep with(Atomicity known) {
        return new StatementStep(session, sql, probe, Optional.of(known), places);
    }

    @Override
    public List<ScriptExcerpt> excerpts() {
        return places.orElse(List.of());
    }

    @Override
    public StatementStep at(List<ScriptExcerpt> excerpts) {
        return new StatementStep(
                session,
                sql,
                probe,
                atomicity,
                excerpts.isEmpty() ? Optional.empty() : Optional.of(excerpts));
    }

    /** Where no probe tells; a plan that says nothing promises nothing. */
    @Override
    public Atomicity assumedAtomicity() {
        return atomicity.orElse(Atomicity.NOT_ATOMIC);
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
