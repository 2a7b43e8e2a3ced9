package dev.skein.ops.source;

import dev.skein.engine.sql.SqlProblem;
import dev.skein.engine.sql.SqlRefused;
import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.StatementKind;
import dev.skein.engine.sql.StatementTrait;
import dev.skein.engine.sql.Transactionality;
import java.util.List;
import java.util.Optional;

/** What the rules of every format ask about the statements of a script. */
public final class Statements {
    private static final int SHOWN_MAX = 60;

    private Statements() {}

    /** The script's statements; none, and problems, if it could not be carried out. */
    public static Optional<List<SqlStatement>> of(SourceScript script, PlanProblems problems) {
        try {
            return Optional.of(SqlScript.parse(script.file(), script.text()).statements());
        } catch (SqlRefused e) {
            for (SqlProblem problem : e.problems()) {
                problems.add(problem);
            }
            return Optional.empty();
        }
    }

    public static boolean isNonTransactional(SqlStatement statement) {
        return statement.transactionality() == Transactionality.NON_TRANSACTIONAL;
    }

    public static boolean isTransactional(SqlStatement statement) {
        return statement.transactionality() == Transactionality.TRANSACTIONAL;
    }

    public static boolean isSession(SqlStatement statement) {
        return statement.transactionality() == Transactionality.SESSION;
    }

    /** Whether it controls the transaction in which its script runs, other than by savepoints. */
    public static boolean isControl(SqlStatement statement) {
        return statement.transactionality() == Transactionality.CONTROL && !isSavepoint(statement);
    }

    /** Whether the transaction that is open ends with it, and no other begins. */
    public static boolean endsTransaction(SqlStatement statement) {
        return switch (statement.kind()) {
            case COMMIT, ROLLBACK, TWO_PHASE -> !statement.has(StatementTrait.CHAINS);
            default -> false;
        };
    }

    public static boolean isSavepoint(SqlStatement statement) {
        return statement.kind() == StatementKind.SAVEPOINT;
    }

    public static void refuseControl(
            SourceScript script, SqlStatement statement, PlanProblems problems) {
        problems.add(
                script.file(),
                statement.line(),
                PlanProblemCode.TRANSACTION_CONTROL,
                shown(statement)
                        + " controls the transaction; Skein does that, to record the step in the"
                        + " same one",
                "Leave it out");
    }

    /** The statement on one line, quoted, cut where it is long. */
    public static String shown(SqlStatement statement) {
        return SqlExcerpt.of(statement.text(), SHOWN_MAX);
    }
}
