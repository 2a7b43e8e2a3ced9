package dev.skein.engine.execution;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionReach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The plan of an order to bring a database to a version.
 *
 * <ol>
 *   <li>What is above the version is undone as {@link RollbackPlanner} undoes it, whoever applied
 *       it.
 *   <li>Then what is missing up to the version is applied as {@link ApplyPlanner} applies it, as if
 *       the plan ended there.
 * </ol>
 *
 * Most databases need one of the two; one in which migrations were applied out of order may need
 * both.
 */
final class MovePlanner {
    private MovePlanner() {}

    static ExecutionPlan of(Plan plan, OrderIssued order, Survey survey) {
        ExecutionPlan back = RollbackPlanner.of(plan, order, survey);
        Optional<VersionReach> reach =
                VersionReach.of(plan, order.terms().flatMap(RollbackTerms::to).orElse(""));
        if (back.refusal().isPresent() || reach.isEmpty()) {
            return back;
        }
        AppliedState appliedState = AppliedState.of(plan, survey);
        List<Migration> within =
                plan.migrations().stream()
                        .filter(each -> belongs(each, reach.get(), appliedState))
                        .toList();
        if (within.isEmpty()) {
            return back;
        }
        return joined(
                back,
                ApplyPlanner.of(
                        plan.endingWith(within), order, survey.without(reach.get().above())));
    }

    /** What is there on another branch belongs to the plan too, or it would be unknown to it. */
    private static boolean belongs(
            Migration migration, VersionReach reach, AppliedState appliedState) {
        boolean beside =
                migration.kind() != MigrationKind.REPEATABLE
                        && !reach.above().contains(migration.key())
                        && appliedState.isThere(migration.key());
        return beside || reach.within().contains(migration.key());
    }

    private static ExecutionPlan joined(ExecutionPlan back, ExecutionPlan forward) {
        if (forward.refusal().isPresent()) {
            return ExecutionPlan.refused(back.versionNow(), forward.refusal().get());
        }
        List<PlannedStep> plannedSteps = new ArrayList<>(back.plannedSteps());
        plannedSteps.addAll(forward.plannedSteps());
        List<VersionChange> closing = new ArrayList<>(back.closing());
        closing.addAll(forward.closing());
        return new ExecutionPlan(
                plannedSteps,
                back.stepsBefore() + forward.stepsBefore(),
                back.versionNow(),
                forward.versionAfter(),
                closing,
                Optional.empty());
    }
}
