package dev.skein.ops.source.flyway;

import dev.skein.engine.sql.SqlProblem;
import dev.skein.engine.sql.SqlRefused;
import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.StatementKind;
import dev.skein.ops.source.AutocommitSteps;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SourceScript;
import dev.skein.ops.source.Statements;
import dev.skein.ops.source.StepList;
import dev.skein.protocol.plan.ScriptExcerpt;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Flyway: a script is one transaction, or each of its statements runs by itself. Which of them it
 * is, Flyway finds out unless a setting says it; it refuses a mixture unless {@code mixed} is set.
 * A script that begins or ends transactions itself is sent as it is.
 *
 * <p>Two differences, both where Flyway could only fail. It does not see that {@code reindex …
 * concurrently} of an index or a table, or {@code detach partition … concurrently}, refuses a
 * transaction; here they count as all others do. And settings of the session may stand beside
 * non-transactional statements.
 */
final class FlywayRule {
    private final FlywaySettings.Transactions settings;
    private final PlanProblems problems;

    FlywayRule(FlywaySettings.Transactions settings, PlanProblems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** The steps of a script with this text; of no use if there are problems. */
    List<Step> steps(FlywayScript script, String text) {
        String sent = withoutCopies(script, text).orElse("");
        UnaryOperator<ScriptExcerpt> known = known(script.raw(), text, sent);
        return steps(script, script.with(sent)).stream()
                .map(step -> step.at(step.excerpts().stream().map(known).toList()))
                .toList();
    }

    /** Values of several lines push lines down, and rows that become statements are counted. */
    private static UnaryOperator<ScriptExcerpt> known(String raw, String text, String sent) {
        boolean lines = raw.lines().count() == text.lines().count();
        boolean numbers = text.equals(sent);
        return excerpt -> {
            ScriptExcerpt placed = lines ? excerpt : excerpt.withoutLines();
            return numbers ? placed : placed.withoutNumber();
        };
    }

    private List<Step> steps(FlywayScript script, SourceScript source) {
        List<SqlStatement> statements = Statements.of(source, problems).orElse(List.of());
        Optional<SqlStatement> alone =
                statements.stream().filter(Statements::isNonTransactional).findFirst();
        boolean inTransaction =
                script.inTransaction().orElse(alone.isEmpty() && settings.inTransaction());
        boolean asked = script.inTransaction().isPresent() || !settings.inTransaction();
        if (!inTransaction) {
            if (!asked && !settings.mixed()) {
                refuseMixture(source, statements, alone.orElseThrow());
            } else {
                refuseSavepoints(source, statements);
            }
            return oneByOne(source, statements);
        }
        alone.ifPresent(statement -> refuseInTransaction(source, statement));
        return statements.stream().anyMatch(FlywayRule::isControl)
                ? List.of(StepList.ofWholeWithOwnTransactions(source, statements))
                : StepList.ofWhole(source, statements);
    }

    private Optional<String> withoutCopies(FlywayScript script, String text) {
        try {
            return Optional.of(SqlScript.withInserts(script.file().shown(), text));
        } catch (SqlRefused e) {
            for (SqlProblem problem : e.problems()) {
                problems.add(problem);
            }
            return Optional.empty();
        }
    }

    /** Begins or ends a transaction; to shape the one it runs in, as savepoints do, is harmless. */
    private static boolean isControl(SqlStatement statement) {
        return Statements.isControl(statement) && statement.kind() != StatementKind.SET_TRANSACTION;
    }

    private void refuseInTransaction(SourceScript script, SqlStatement statement) {
        problems.add(
                script.file(),
                statement.line(),
                PlanProblemCode.MIXED,
                Statements.shown(statement)
                        + " cannot run inside a transaction, and executeInTransaction=true asks for"
                        + " one",
                "Take the setting away from " + script.file() + ".conf");
    }

    private void refuseMixture(
            SourceScript script, List<SqlStatement> statements, SqlStatement alone) {
        statements.stream()
                .filter(each -> Statements.isTransactional(each) || Statements.isSavepoint(each))
                .findFirst()
                .ifPresent(
                        statement ->
                                problems.add(
                                        script.file(),
                                        statement.line(),
                                        PlanProblemCode.MIXED,
                                        "%s runs inside a transaction, %s on line %d does not, and"
                                                        .formatted(
                                                                Statements.shown(statement),
                                                                Statements.shown(alone),
                                                                alone.line())
                                                + " Flyway refuses to mix them",
                                        "Put one of them into a migration of its own, or set"
                                                + " flyway.mixed=true"));
    }

    /**
     * As a connection in auto-commit runs them: what lies in a transaction of its own is a step.
     */
    private List<Step> oneByOne(SourceScript script, List<SqlStatement> statements) {
        AutocommitSteps steps = new AutocommitSteps(script, problems);
        List<SqlStatement> block = new ArrayList<>();
        for (SqlStatement statement : statements) {
            if (block.isEmpty() && !isControl(statement)) {
                steps.add(statement);
                continue;
            }
            block.add(statement);
            if (Statements.endsTransaction(statement)) {
                steps.addBlock(block);
                block.clear();
            }
        }
        if (!block.isEmpty()) {
            steps.addBlock(block);
        }
        return steps.of(statements);
    }

    /** Those between a script's own begin and commit have their transaction. */
    private void refuseSavepoints(SourceScript script, List<SqlStatement> statements) {
        boolean open = false;
        for (SqlStatement statement : statements) {
            open =
                    statement.kind() == StatementKind.BEGIN
                            || open && !Statements.endsTransaction(statement);
            if (!open && Statements.isSavepoint(statement)) {
                refuseWithoutTransaction(script, statement);
            }
        }
    }

    private void refuseWithoutTransaction(SourceScript script, SqlStatement statement) {
        problems.add(
                script.file(),
                statement.line(),
                PlanProblemCode.TRANSACTION_CONTROL,
                Statements.shown(statement)
                        + " has no transaction: each statement of this script runs by itself",
                "Put what needs the savepoint into a migration of its own");
    }
}
