package dev.skein.ops.source.prisma;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.StatementTrait;
import dev.skein.ops.source.SourceScript;
import dev.skein.ops.source.Statements;
import dev.skein.ops.source.StepList;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the steps of a script that runs statement by statement. Settings of the session are no
 * steps: each of them goes into all steps after it, since any two may run on different connections.
 */
final class StatementSteps {
    private static final String SEPARATOR = ";\n";

    private final List<String> session = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    void add(SqlStatement statement) {
        if (Statements.isSession(statement)) {
            session.add(statement.text());
        } else if (Statements.isNonTransactional(statement)) {
            steps.add(StepList.alone(session, statement));
        } else if (statement.has(StatementTrait.MAY_END_TRANSACTIONS)) {
            addUndecidable(statement.text());
        } else {
            List<String> all = new ArrayList<>(session);
            all.add(statement.text());
            steps.add(new ScriptStep(String.join(SEPARATOR, all) + ";"));
        }
    }

    /** Adds statements with the transaction that is around them. */
    void addBlock(List<SqlStatement> block) {
        List<String> texts = block.stream().map(SqlStatement::text).toList();
        addUndecidable(String.join(SEPARATOR, texts) + ";");
    }

    private void addUndecidable(String sql) {
        steps.add(StepList.withOwnTransactions(session, sql));
    }

    /** What was collected; the whole script where that is nothing, so that it is recorded. */
    List<Step> of(SourceScript script) {
        return steps.isEmpty() ? StepList.ofWhole(script) : List.copyOf(steps);
    }
}
