package dev.skein.ops.source;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.StatementKind;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a script that runs as on a connection in auto-commit: each statement, and what lies
 * in a transaction of its own, is one. Settings of the session are no steps: each of them goes into
 * all steps after it, since any two may run on different connections.
 *
 * <p>Threads: one.
 */
public final class AutocommitSteps {
    private final SourceScript script;
    private final List<SqlStatement> session = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    public AutocommitSteps(SourceScript script) {
        this.script = script;
    }

    /** Adds a statement that no transaction of the script is around. */
    public void add(SqlStatement statement) {
        if (Statements.isSession(statement)) {
            session.add(statement);
        } else {
            steps.add(StepList.of(script, session, statement));
        }
    }

    /**
     * Adds statements with the transaction that is around them; it is committed behind them where
     * they leave it open. Settings that a transaction makes outlive it.
     */
    public void addBlock(List<SqlStatement> block) {
        steps.add(StepList.ofBlock(script, session, block));
        if (block.get(block.size() - 1).kind() != StatementKind.ROLLBACK) {
            block.stream().filter(Statements::isSession).forEach(session::add);
        }
    }

    /** What was added; the whole script where that is nothing, so that it is recorded. */
    public List<Step> of(List<SqlStatement> statements) {
        return steps.isEmpty() ? StepList.ofWhole(script, statements) : List.copyOf(steps);
    }
}
