package dev.skein.ops.source.plain;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.ScriptRule;
import dev.skein.ops.source.SourceScript;
import dev.skein.ops.source.Statements;
import dev.skein.ops.source.StepList;
import dev.skein.protocol.plan.Step;
import java.util.List;

/**
 * Plain SQL: a script is one transaction, unless its header asks for one step a statement. Nothing
 * is guessed, so that a reader of the file sees what will happen.
 */
final class SqlRule implements ScriptRule {
    @Override
    public List<Step> steps(SourceScript script, PlanProblems problems) {
        boolean oneByOne = ScriptHeader.saysTransactionNone(script, problems);
        List<SqlStatement> statements = Statements.of(script, problems).orElse(List.of());
        for (SqlStatement statement : statements) {
            if (Statements.isControl(statement)) {
                Statements.refuseControl(script, statement, problems);
            }
        }
        return oneByOne
                ? oneByOne(script, statements, problems)
                : inOneTransaction(script, statements, problems);
    }

    private static List<Step> inOneTransaction(
            SourceScript script, List<SqlStatement> statements, PlanProblems problems) {
        // One header cures them all, so the first is enough.
        statements.stream()
                .filter(Statements::isNonTransactional)
                .findFirst()
                .ifPresent(
                        first ->
                                problems.add(
                                        script.file(),
                                        first.line(),
                                        PlanProblemCode.NEEDS_TRANSACTION_NONE,
                                        Statements.shown(first)
                                                + " cannot run inside a transaction",
                                        "Begin the file with the line '%s'; then each statement"
                                                        .formatted(ScriptHeader.TRANSACTION_NONE)
                                                + " is a step of its own"));
        return StepList.ofWhole(script, statements);
    }

    private static List<Step> oneByOne(
            SourceScript script, List<SqlStatement> statements, PlanProblems problems) {
        for (SqlStatement statement : statements) {
            if (Statements.isSavepoint(statement)) {
                problems.add(
                        script.file(),
                        statement.line(),
                        PlanProblemCode.TRANSACTION_CONTROL,
                        Statements.shown(statement)
                                + " has no transaction: with transaction=none each statement is a"
                                + " step of its own",
                        "Put what needs the savepoint into a migration of its own");
            }
        }
        return StepList.oneByOne(script, statements, problems);
    }
}
