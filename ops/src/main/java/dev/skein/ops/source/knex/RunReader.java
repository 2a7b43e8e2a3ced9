package dev.skein.ops.source.knex;

import dev.skein.engine.sql.SqlProblem;
import dev.skein.engine.sql.SqlRefused;
import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.StatementKind;
import dev.skein.engine.sql.StatementTrait;
import dev.skein.ops.source.PlanProblem;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SqlExcerpt;
import dev.skein.ops.source.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Follows the transactions of a run, connection by connection, and sorts its statements into units.
 *
 * <p>Threads: one. Life cycle: one run.
 */
final class RunReader {
    private final RecordedRun run;
    private final String file;
    private final PlanProblems problems;
    private final List<StepUnit> units = new ArrayList<>();
    private final List<String> session = new ArrayList<>();
    private final Map<Integer, OpenTransaction> open = new TreeMap<>();

    private RunReader(RecordedRun run, String file, PlanProblems problems) {
        this.run = run;
        this.file = file;
        this.problems = problems;
    }

    /**
     * The units in the order in which they took effect.
     *
     * @param file as messages name it
     */
    static List<StepUnit> units(RecordedRun run, String file, PlanProblems problems) {
        RunReader reader = new RunReader(run, file, problems);
        reader.prepare();
        run.statements().forEach(reader::read);
        // A transaction that is still open at the end is rolled back with its connection.
        return reader.units;
    }

    private void prepare() {
        for (String sql : run.session()) {
            for (SqlStatement statement : statements(sql)) {
                if (Statements.isSession(statement)) {
                    session.add(statement.text());
                } else {
                    refuse(
                            "the project prepares each connection with "
                                    + Statements.shown(statement)
                                    + ", which is no setting",
                            "Move it into a migration");
                }
            }
        }
    }

    private void read(KnexStatement recorded) {
        if (recorded.copies()) {
            refuse(
                    "it copies rows from or to the client with "
                            + SqlExcerpt.of(recorded.sql())
                            + ", which no script can do",
                    "Write insert statements");
            return;
        }
        List<String> together = new ArrayList<>();
        List<String> before = List.copyOf(session);
        List<SqlStatement> statements = statements(recorded.sql());
        if (commitsByItself(recorded, statements)) {
            units.add(new StepUnit.Alone(before, statements.get(0)));
            return;
        }
        for (SqlStatement statement : statements) {
            read(recorded, statement, together);
        }
        if (!together.isEmpty()) {
            units.add(new StepUnit.Together(before, together));
        }
    }

    /** A procedure can commit only where it has a query to itself, outside of a transaction. */
    private boolean commitsByItself(KnexStatement recorded, List<SqlStatement> statements) {
        return statements.size() == 1
                && statements.get(0).has(StatementTrait.MAY_END_TRANSACTIONS)
                && !recorded.failed()
                && !open.containsKey(recorded.connection());
    }

    private void read(KnexStatement recorded, SqlStatement statement, List<String> together) {
        int connection = recorded.connection();
        OpenTransaction transaction = open.get(connection);
        switch (statement.kind()) {
            case BEGIN -> open.putIfAbsent(connection, new OpenTransaction());
            case COMMIT -> commit(connection);
            case ROLLBACK -> open.remove(connection);
            case TWO_PHASE ->
                    refuse(
                            Statements.shown(statement) + " leaves a transaction to somebody else",
                            "Commit it in the migration");
            // It sets up the transaction, which is Skein's own when the step runs.
            case SET_TRANSACTION -> {}
            default -> {
                if (transaction == null) {
                    autocommit(recorded, statement, together);
                } else if (statement.kind() == StatementKind.SAVEPOINT) {
                    transaction.savepoint(statement);
                } else {
                    transaction.add(statement, recorded.failed());
                }
            }
        }
    }

    private void commit(int connection) {
        OpenTransaction transaction = open.remove(connection);
        if (transaction != null && !transaction.committed().isEmpty()) {
            units.add(new StepUnit.Together(session, transaction.committed()));
        }
    }

    private void autocommit(KnexStatement recorded, SqlStatement statement, List<String> together) {
        // A savepoint outside of a transaction is an error, and an error has no effect.
        if (recorded.failed() || statement.kind() == StatementKind.SAVEPOINT) {
            return;
        }
        if (Statements.isSession(statement)) {
            session.add(statement.text());
        } else if (Statements.isNonTransactional(statement)) {
            units.add(new StepUnit.Alone(session, statement));
        } else {
            together.add(statement.text());
        }
    }

    private List<SqlStatement> statements(String sql) {
        try {
            return SqlScript.parse(file, sql).statements();
        } catch (SqlRefused refused) {
            for (SqlProblem problem : refused.problems()) {
                // Its line is one of the SQL, not of the file.
                problems.add(
                        new PlanProblem(
                                file,
                                OptionalInt.empty(),
                                problem.code().code(),
                                problem.message() + ", in " + SqlExcerpt.of(sql),
                                problem.hint()));
            }
            return List.of();
        }
    }

    private void refuse(String message, String hint) {
        problems.add(file, PlanProblemCode.NOT_SUPPORTED, message, hint);
    }
}
