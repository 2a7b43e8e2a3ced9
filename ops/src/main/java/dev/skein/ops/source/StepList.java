package dev.skein.ops.source;

import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.StatementTrait;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Makes steps of the statements of one script. */
public final class StepList {
    private static final String SEPARATOR = ";\n";

    private static final Probe UNDECIDABLE = new Probe.Undecidable();

    private StepList() {}

    /** One step with the whole text: also an empty script has to be recorded as applied. */
    public static List<Step> ofWhole(SourceScript script) {
        return List.of(new ScriptStep(SqlScript.asOneQuery(script.file(), script.text())));
    }

    /**
     * A step for each statement. Settings of the session are no steps: each of them goes into all
     * steps after it, since any two steps may run on different connections.
     */
    public static List<Step> oneByOne(SourceScript script, List<SqlStatement> statements) {
        List<String> session = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (SqlStatement statement : statements) {
            if (Statements.isSession(statement)) {
                session.add(statement.text());
            } else {
                steps.add(step(session, statement));
            }
        }
        return steps.isEmpty() ? ofWhole(script) : steps;
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

    private static Step step(List<String> session, SqlStatement statement) {
        if (Statements.isNonTransactional(statement) || mayEndTransactions(statement)) {
            return alone(session, statement);
        }
        List<String> all = new ArrayList<>(session);
        all.add(statement.text());
        return new ScriptStep(String.join(SEPARATOR, all) + ";");
    }
}
