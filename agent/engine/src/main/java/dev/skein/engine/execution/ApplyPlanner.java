package dev.skein.engine.execution;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The plan of an order to apply.
 *
 * <ol>
 *   <li>What contradicts the applied state is refused; see {@link ApplyRefusals}.
 *   <li>A migration that is already applied is left alone, whoever applied it; a repeatable one
 *       only if its checksum is the plan's.
 *   <li>A baseline is applied where nothing is applied yet, in place of the migrations it includes.
 *   <li>A half-done migration continues after its last finished step.
 *   <li>The plan's hooks run before and after the migrations; see {@link HookPlanner}.
 *   <li>The order's checks come last and run in each execution.
 * </ol>
 */
final class ApplyPlanner {
    private final Plan plan;
    private final OrderIssued order;
    private final Survey survey;
    private final AppliedState appliedState;

    private ApplyPlanner(Plan plan, OrderIssued order, Survey survey) {
        this.plan = plan;
        this.order = order;
        this.survey = survey;
        this.appliedState = AppliedState.of(plan, survey);
    }

    static ExecutionPlan of(Plan plan, OrderIssued order, Survey survey) {
        return new ApplyPlanner(plan, order, survey).executionPlan();
    }

    private ExecutionPlan executionPlan() {
        Optional<String> versionNow = appliedState.versionWithout(List.of());
        Optional<Refusal> refusal = ApplyRefusals.of(plan, order, appliedState);
        if (refusal.isPresent()) {
            return ExecutionPlan.refused(versionNow, refusal.get());
        }
        List<PlannedStep> migrations = new ArrayList<>();
        int total = order.checks().size();
        for (Migration migration : plan.migrations()) {
            total += PlannedStep.stepsOf(migration.up()).size();
            if (pending(migration, appliedState)) {
                // What the baseline does not include comes after it, wherever the plan has it.
                boolean first = migration.kind() == MigrationKind.BASELINE;
                migrations.addAll(first ? 0 : migrations.size(), plannedStepsOf(migration));
            }
        }
        HookPlanner hooks = HookPlanner.of(plan, order, survey, !migrations.isEmpty());
        List<PlannedStep> plannedSteps = new ArrayList<>(hooks.before());
        plannedSteps.addAll(migrations);
        plannedSteps.addAll(hooks.after());
        for (int i = 0; i < order.checks().size(); i++) {
            CheckStep check = order.checks().get(i);
            plannedSteps.add(PlannedStep.check(check.name(), i, check));
        }
        return new ExecutionPlan(
                plannedSteps,
                total + hooks.total() - plannedSteps.size(),
                versionNow,
                appliedState.versionWithAll(),
                List.of(),
                Optional.empty());
    }

    /** Whether something of this migration is still to be applied. */
    static boolean pending(Migration migration, AppliedState appliedState) {
        if (migration.kind() == MigrationKind.BASELINE) {
            return appliedState.beginsWith(migration);
        }
        if (appliedState.belowBaseline(migration)) {
            return false;
        }
        Optional<VersionHistory.Applied> entry = appliedState.applied(migration.key());
        boolean renewed =
                migration.kind() == MigrationKind.REPEATABLE
                        && entry.flatMap(VersionHistory.Applied::checksum)
                                .filter(migration::isUnchangedAs)
                                .isEmpty();
        return entry.isEmpty() || renewed || appliedState.ranUnconfirmed(migration.key());
    }

    private List<PlannedStep> plannedStepsOf(Migration migration) {
        List<Step> steps = PlannedStep.stepsOf(migration.up());
        Optional<MigrationState> state = appliedState.partial(migration.key());
        int first = state.map(s -> firstStep(s, steps.size())).orElse(0);
        boolean uncertain = state.filter(MigrationState::upStarted).isPresent();
        List<PlannedStep> plannedSteps = new ArrayList<>();
        for (int i = first; i < steps.size(); i++) {
            PlannedStep plannedStep = PlannedStep.of(migration, i, Direction.UP, steps);
            PlannedStep certain =
                    plannedStep.with(
                            plannedStep.completes() ? changes(migration) : plannedStep.starting());
            plannedSteps.add(uncertain && i == first ? certain.madeUncertain() : certain);
        }
        return plannedSteps;
    }

    /** The last steps down undid the last steps up; those run again. */
    private static int firstStep(MigrationState state, int steps) {
        return Math.min(state.upDone(), steps - state.downDone());
    }

    private List<VersionChange> changes(Migration migration) {
        VersionChange applied = VersionChange.of(VersionChange.Kind.APPLIED, migration);
        return appliedState.failedByUs(migration.key())
                ? List.of(VersionChange.of(VersionChange.Kind.FAILURE_CLEARED, migration), applied)
                : List.of(applied);
    }
}
