package dev.skein.ops.source.prisma;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.StatementTrait;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.ScriptRule;
import dev.skein.ops.source.SourceScript;
import dev.skein.ops.source.Statements;
import dev.skein.ops.source.StepList;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * Prisma: up to version 7.3 a script reaches the server as one query, so that several statements
 * are one transaction; from 7.4 on each statement is a query of its own. A script becomes steps
 * with which both agree, where both can run it:
 *
 * <ul>
 *   <li>one transaction, if every statement can run inside one;
 *   <li>the statement alone, if it is the only one beside settings and cannot;
 *   <li>a step a statement, if there are several and one of them cannot, or is a {@code do} that
 *       commits: only 7.4 and later run such a script;
 *   <li>what the script itself puts between its {@code begin} and {@code commit} as it stands, see
 *       {@link OwnTransactions}.
 * </ul>
 */
final class PrismaRule implements ScriptRule {
    @Override
    public List<Step> steps(SourceScript script, PlanProblems problems) {
        Optional<List<SqlStatement>> parsed = Statements.of(script, problems);
        if (parsed.isEmpty()) {
            return List.of();
        }
        List<SqlStatement> statements = parsed.get();
        if (statements.stream().anyMatch(Statements::isControl)) {
            return new OwnTransactions(script, problems).steps(statements);
        }
        if (!isOneByOne(statements)) {
            return StepList.ofWhole(script, statements);
        }
        refuseSavepoints(script, statements, problems);
        return StepList.oneByOne(script, statements, problems);
    }

    private static boolean isOneByOne(List<SqlStatement> statements) {
        long work = statements.stream().filter(each -> !Statements.isSession(each)).count();
        return statements.stream().anyMatch(StandaloneStatements::mustBe)
                || work == 1 && statements.stream().anyMatch(PrismaRule::mayEndTransactions)
                || statements.stream().anyMatch(PrismaRule::endsTransactions)
                || EnumValues.areUsedBesideTheirAddition(statements);
    }

    /** Only if it has a query to itself; what a procedure does only the server knows. */
    private static boolean mayEndTransactions(SqlStatement statement) {
        return statement.has(StatementTrait.MAY_END_TRANSACTIONS);
    }

    /** Fails beside other statements of one query, so that only 7.4 and later run the script. */
    private static boolean endsTransactions(SqlStatement statement) {
        return statement.has(StatementTrait.ENDS_TRANSACTIONS);
    }

    private static void refuseSavepoints(
            SourceScript script, List<SqlStatement> statements, PlanProblems problems) {
        for (SqlStatement statement : statements) {
            if (Statements.isSavepoint(statement)) {
                problems.add(
                        script.file(),
                        statement.line(),
                        PlanProblemCode.TRANSACTION_CONTROL,
                        Statements.shown(statement)
                                + " has no transaction: another statement of this script cannot"
                                + " run inside one, so each is a query of its own",
                        "Put what needs the savepoint into a migration of its own");
            }
        }
    }
}
