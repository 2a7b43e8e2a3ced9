package dev.skein.ops.source.knex;

import dev.skein.engine.sql.SettingStatements;
import dev.skein.engine.sql.SqlScript;
import dev.skein.ops.source.RecordedExcerpts;
import dev.skein.ops.source.StepList;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Makes steps of units. */
final class KnexSteps {
    private static final String SEPARATOR = ";\n";

    private final RecordedExcerpts excerpts = new RecordedExcerpts();

    private KnexSteps() {}

    /** At least one step: also a run that sends nothing has to be recorded as applied. */
    static List<Step> of(List<StepUnit> units) {
        KnexSteps steps = new KnexSteps();
        return units.isEmpty()
                ? List.of(new ScriptStep(""))
                : units.stream().map(steps::step).toList();
    }

    private Step step(StepUnit unit) {
        if (unit instanceof StepUnit.Alone alone) {
            return StepList.alone(alone.session(), alone.statement())
                    .at(excerpts.next(alone.session().size(), 1));
        }
        StepUnit.Together together = (StepUnit.Together) unit;
        List<String> all = new ArrayList<>();
        // A step leaves its connection as it found it; the next one sets what it needs itself.
        together.session().forEach(each -> all.add(SettingStatements.local(each)));
        all.addAll(together.statements());
        return new ScriptStep(SqlScript.asOneQuery("step", String.join(SEPARATOR, all) + ";"))
                .at(excerpts.next(together.session().size(), together.statements().size()));
    }
}
