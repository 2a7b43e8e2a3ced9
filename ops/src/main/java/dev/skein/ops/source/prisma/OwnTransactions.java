package dev.skein.ops.source.prisma;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.StatementKind;
import dev.skein.ops.source.AutocommitSteps;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SourceScript;
import dev.skein.ops.source.Statements;
import dev.skein.ops.source.StepList;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A script that begins and ends transactions itself. Inside of another transaction its {@code
 * commit} would end that one, so it is sent as it stands. Only where it has, outside of its
 * transactions, a statement that must be alone too, it is cut up: each of its transactions is a
 * step, and so is each statement outside of them.
 */
final class OwnTransactions {
    private final SourceScript script;
    private final PlanProblems problems;
    private final AutocommitSteps steps;

    /** The transaction that is open, from its {@code begin} on; empty outside of one. */
    private final List<SqlStatement> open = new ArrayList<>();

    private boolean aloneOutside;

    OwnTransactions(SourceScript script, PlanProblems problems) {
        this.script = script;
        this.problems = problems;
        this.steps = new AutocommitSteps(script, problems);
    }

    List<Step> steps(List<SqlStatement> statements) {
        for (SqlStatement statement : statements) {
            if (open.isEmpty()) {
                outside(statement);
            } else {
                inside(statement);
            }
        }
        if (!open.isEmpty()) {
            refuseOpen(open.get(0));
        }
        return aloneOutside
                ? steps.of(statements)
                : List.of(StepList.ofWholeWithOwnTransactions(script, statements));
    }

    private void outside(SqlStatement statement) {
        if (statement.kind() == StatementKind.BEGIN) {
            open.add(statement);
        } else if (!Statements.isControl(statement)) {
            // PostgreSQL only warns when a transaction is ended and none is open.
            aloneOutside |= StandaloneStatements.mustBe(statement);
            steps.add(statement);
        }
    }

    private void inside(SqlStatement statement) {
        open.add(statement);
        if (StandaloneStatements.mustBe(statement)) {
            refuseInside(statement, open.get(0));
        }
        if (Statements.endsTransaction(statement)) {
            steps.addBlock(open);
            open.clear();
        }
    }

    private void refuseInside(SqlStatement statement, SqlStatement begin) {
        problems.add(
                script.file(),
                statement.line(),
                PlanProblemCode.MIXED,
                Statements.shown(statement)
                        + " cannot run inside the transaction that begins on line "
                        + begin.line(),
                "Put it behind the end of the transaction, or into a migration of its own");
    }

    private void refuseOpen(SqlStatement begin) {
        problems.add(
                script.file(),
                begin.line(),
                PlanProblemCode.TRANSACTION_CONTROL,
                Statements.shown(begin)
                        + " begins a transaction that the script does not end; Prisma would lose"
                        + " all of it",
                "End it with commit, or leave the begin out");
    }
}
