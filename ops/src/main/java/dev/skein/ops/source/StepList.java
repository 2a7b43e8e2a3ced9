package dev.skein.ops.source;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Makes steps of the statements of one script. */
public final class StepList {
    private static final String SEPARATOR = ";\n";

    private StepList() {}

    /** One step with the whole text: also an empty script has to be recorded as applied. */
    public static List<Step> ofWhole(SourceScript script) {
        return List.of(new ScriptStep(script.text()));
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

    private static Step step(List<String> session, SqlStatement statement) {
        if (Statements.isNonTransactional(statement)) {
            return new StatementStep(session, statement.text(), Probes.of(statement));
        }
        List<String> all = new ArrayList<>(session);
        all.add(statement.text());
        return new ScriptStep(String.join(SEPARATOR, all) + ";");
    }
}
