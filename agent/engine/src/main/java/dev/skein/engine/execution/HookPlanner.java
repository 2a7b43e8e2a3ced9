package dev.skein.engine.execution;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * The hooks that an order to apply still has to run.
 *
 * <p>An order runs each of them once, if it has a migration to apply or has applied one: what the
 * order's own rows in the ledger say is done is not run again.
 *
 * @param before before the migrations
 * @param after after the migrations
 * @param total hooks of the order, finished ones included
 */
record HookPlanner(List<PlannedStep> before, List<PlannedStep> after, int total) {
    HookPlanner {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    static HookPlanner of(Plan plan, OrderIssued order, Survey survey, boolean migrating) {
        if (plan.hooks().isEmpty() || !migrating && !survey.appliedBy(order.epoch())) {
            return new HookPlanner(List.of(), List.of(), 0);
        }
        Hooks hooks = plan.hooks().get();
        int ahead = hooks.before().size();
        return new HookPlanner(
                migrating ? left(hooks.before(), 0, order, survey) : List.of(),
                left(hooks.after(), ahead, order, survey),
                ahead + hooks.after().size());
    }

    /** Numbering continues after the migrations, so that one name may stand on both sides. */
    private static List<PlannedStep> left(
            List<Hooks.Hook> hooks, int first, OrderIssued order, Survey survey) {
        List<PlannedStep> plannedSteps = new ArrayList<>();
        for (int i = 0; i < hooks.size(); i++) {
            Hooks.Hook hook = hooks.get(i);
            StepRef ref = new StepRef(hook.name(), first + i, Direction.HOOK);
            if (!survey.doneBy(order.epoch(), ref)) {
                plannedSteps.add(PlannedStep.hook(ref, hook.step()));
            }
        }
        return plannedSteps;
    }
}
