package dev.skein.ops.source.knex;

import dev.skein.ops.source.Probes;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes steps of units. */
final class KnexSteps {
    private static final String SEPARATOR = ";\n";

    /** A setting of the session, up to what is set. */
    private static final Pattern SET =
            Pattern.compile(
                    "(?is)^set\\s+(?!local\\b)"
                            + "(?:session\\s+(?!authorization\\b|characteristics\\b))?");

    private KnexSteps() {}

    /** At least one step: also a run that sends nothing has to be recorded as applied. */
    static List<Step> of(List<Unit> units) {
        List<Step> steps = units.stream().map(KnexSteps::step).toList();
        return steps.isEmpty() ? List.of(new ScriptStep("")) : steps;
    }

    private static Step step(Unit unit) {
        if (unit instanceof Unit.Alone alone) {
            return new StatementStep(
                    alone.session(), alone.statement().text(), Probes.of(alone.statement()));
        }
        Unit.Together together = (Unit.Together) unit;
        List<String> all = new ArrayList<>();
        together.session().forEach(each -> all.add(local(each)));
        all.addAll(together.statements());
        return new ScriptStep(String.join(SEPARATOR, all) + ";");
    }

    /** A step leaves its connection as it found it; the next one sets what it needs itself. */
    private static String local(String setting) {
        return SET.matcher(setting).replaceFirst("set local ");
    }
}
