package dev.skein.ops.source;

import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.StatementKind;
import dev.skein.engine.sql.StatementTrait;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptExcerpt;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Makes steps of the statements of one script. */
public final class StepList {
    private static final Probe UNDECIDABLE = new Probe.Undecidable();

    private StepList() {}

    /**
     * One step with the whole text: also an empty script has to be recorded as applied.
     *
     * @param statements those that the text holds
     */
    public static List<Step> ofWhole(SourceScript script, List<SqlStatement> statements) {
        return List.of(
                new ScriptStep(SqlScript.asOneQuery(script.file(), script.text()))
                        .at(whole(script, statements)));
    }

    /**
     * The step of a script that ends transactions itself and is sent as it is, in auto-commit: a
     * transaction that it leaves open is committed.
     */
    public static StatementStep ofWholeWithOwnTransactions(
            SourceScript script, List<SqlStatement> statements) {
        String text = script.text() + (isLeftOpen(statements) ? "\n;commit" : "");
        return withOwnTransactions(List.of(), text).at(whole(script, statements));
    }

    private static boolean isLeftOpen(List<SqlStatement> statements) {
        boolean open = false;
        for (SqlStatement statement : statements) {
            open =
                    statement.kind() == StatementKind.BEGIN
                            || open && !Statements.endsTransaction(statement);
        }
        return open;
    }

    private static List<ScriptExcerpt> whole(SourceScript script, List<SqlStatement> statements) {
        return statements.isEmpty()
                ? List.of()
                : List.of(ScriptExcerpt.of(script.file(), statements.size(), 1, 0));
    }

    /** A step for each statement, as on a connection in auto-commit. */
    public static List<Step> oneByOne(
            SourceScript script, List<SqlStatement> statements, PlanProblems problems) {
        AutocommitSteps steps = new AutocommitSteps(script, problems);
        statements.forEach(steps::add);
        return steps.of(statements);
    }

    /**
     * The step of one statement of a script.
     *
     * @param session settings that the script makes before it
     */
    static Step of(SourceScript script, List<SqlStatement> session, SqlStatement statement) {
        List<SqlStatement> all = new ArrayList<>(session);
        all.add(statement);
        if (Statements.isNonTransactional(statement) || mayEndTransactions(statement)) {
            return alone(texts(session), statement).at(StepText.apart(script.file(), all));
        }
        StepText step = StepText.of(script.file(), all);
        return new ScriptStep(step.text()).at(step.excerpts());
    }

    /**
     * The step of statements with the transaction that is around them, which is committed where
     * they leave it open.
     *
     * @param session settings that the script makes before them
     */
    static StatementStep ofBlock(
            SourceScript script, List<SqlStatement> session, List<SqlStatement> block) {
        StepText step = StepText.of(script.file(), block);
        List<ScriptExcerpt> excerpts = new ArrayList<>(StepText.apart(script.file(), session));
        excerpts.addAll(step.excerpts());
        String text = step.text() + (isLeftOpen(block) ? "\ncommit" : "");
        return withOwnTransactions(texts(session), text).at(excerpts);
    }

    private static List<String> texts(List<SqlStatement> statements) {
        return statements.stream().map(SqlStatement::text).toList();
    }

    /**
     * The step of a statement that needs a query to itself: PostgreSQL refuses it inside a
     * transaction block, or it may commit parts of its work, which it can nowhere else.
     */
    public static StatementStep alone(List<String> session, SqlStatement statement) {
        if (mayEndTransactions(statement)) {
            return withOwnTransactions(session, statement.text());
        }
        Probe probe = Probes.of(statement);
        return probe.equals(UNDECIDABLE)
                ? withOwnTransactions(session, statement.text())
                : new StatementStep(session, statement.text(), probe);
    }

    /**
     * The step of a text of which no question to the catalogue tells whether it ran, such as one
     * that ends transactions itself. It carries what can stay of it.
     */
    public static StatementStep withOwnTransactions(List<String> session, String sql) {
        return new StatementStep(session, SqlScript.asOneQuery("step", sql), UNDECIDABLE)
                .with(SqlScript.atomicityOf(sql));
    }

    private static boolean mayEndTransactions(SqlStatement statement) {
        return statement.has(StatementTrait.MAY_END_TRANSACTIONS);
    }
}
