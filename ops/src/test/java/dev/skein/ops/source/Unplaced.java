package dev.skein.ops.source;

import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Step;
import java.util.List;

/**
 * Plans without the places of their statements, which {@link StatementPlacesTest} looks at for all
 * formats.
 */
public final class Unplaced {
    private Unplaced() {}

    public static Plan plan(Plan plan) {
        return new Plan(
                plan.framework(),
                plan.versionTable(),
                plan.migrations().stream().map(Unplaced::migration).toList(),
                plan.gaps(),
                plan.parameters(),
                plan.hooks().map(each -> new Hooks(hooks(each.before()), hooks(each.after()))),
                plan.rehearsal(),
                plan.leftOut());
    }

    private static List<Hooks.Hook> hooks(List<Hooks.Hook> hooks) {
        return hooks.stream()
                .map(each -> new Hooks.Hook(each.name(), each.step().at(List.of())))
                .toList();
    }

    private static Migration migration(Migration of) {
        return new Migration(
                of.kind(),
                of.version(),
                of.description(),
                of.script(),
                of.checksum(),
                steps(of.up()),
                of.down().map(Unplaced::steps),
                of.parents(),
                of.equivalents(),
                of.generatedDown());
    }

    public static List<Step> steps(List<Step> steps) {
        return steps.stream().map(each -> each.at(List.of())).toList();
    }
}
