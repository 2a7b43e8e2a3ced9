package dev.skein.engine.execution;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.UnboundStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps that undo one migration.
 *
 * <ol>
 *   <li>Where a migration has as many steps down as up, a step down undoes the step up at the same
 *       distance from the end, so that of a half-done migration only what was done is undone;
 *       otherwise all its steps down run.
 *   <li>The migration leaves the version table with the first step down, because from there on it
 *       is incomplete. A recorded failure is removed with the last step.
 *   <li>A migration without a down, or with an empty one, has one step that only takes it out of
 *       the version table.
 * </ol>
 */
final class UndoSteps {
    private final RolloutId rollout;
    private final AppliedState appliedState;

    UndoSteps(RolloutId rollout, AppliedState appliedState) {
        this.rollout = rollout;
        this.appliedState = appliedState;
    }

    /** The steps that are left; none where nothing of the migration is there. */
    List<PlannedStep> of(Migration migration) {
        MigrationState state = stateOf(migration);
        List<Step> up = PlannedStep.stepsOf(migration.up());
        List<Step> down = PlannedStep.stepsOf(migration.down().orElse(List.of()));
        boolean mirrored = up.size() == down.size();
        int begun = state.upDone() + (state.upStarted() ? 1 : 0);
        int first = Math.max(state.downDone(), mirrored ? up.size() - begun : 0);
        List<PlannedStep> plannedSteps = new ArrayList<>();
        for (int i = first; i < down.size(); i++) {
            plannedSteps.add(PlannedStep.of(migration, i, Direction.DOWN, down));
        }
        if (plannedSteps.isEmpty()) {
            // No step up is done or in doubt, though a step down was once started.
            return plannedSteps;
        }
        plannedSteps.replaceAll(
                plannedStep ->
                        plannedStep.completes()
                                ? plannedStep.with(clearing(migration))
                                : plannedStep);
        PlannedStep start = plannedSteps.get(0).withFirst(changes(migration));
        PlannedStep known = state.downStarted() ? start.madeUncertain() : start;
        // A step down starts only once it is known that there is something to undo.
        boolean open = state.upStarted() && !state.downStarted();
        plannedSteps.set(
                0,
                open && up.get(state.upDone()) instanceof UnboundStep step
                        ? known.probing(step, undoScope(mirrored, state))
                        : known);
        return plannedSteps;
    }

    /** Of what the ledger knows nothing, the version table says that it is wholly there. */
    private MigrationState stateOf(Migration migration) {
        return Optional.ofNullable(appliedState.migrationStates().get(migration.key()))
                .orElseGet(() -> MigrationState.whole(rollout, migration.checksum()));
    }

    private static PlannedStep.UndoScope undoScope(boolean mirrored, MigrationState state) {
        if (mirrored) {
            return PlannedStep.UndoScope.ONE_STEP;
        }
        return state.upDone() == 0
                ? PlannedStep.UndoScope.WHOLE_MIGRATION
                : PlannedStep.UndoScope.SEVERAL_STEPS;
    }

    private List<VersionChange> changes(Migration migration) {
        return appliedState.applied(migration.key()).isPresent()
                ? List.of(VersionChange.of(VersionChange.Kind.REVERTED, migration))
                : List.of();
    }

    /** With the last step down the ledger forgets the migration and who caused the failure. */
    private List<VersionChange> clearing(Migration migration) {
        return appliedState.failedByUs(migration.key())
                ? List.of(VersionChange.of(VersionChange.Kind.ABANDONED, migration))
                : List.of();
    }
}
