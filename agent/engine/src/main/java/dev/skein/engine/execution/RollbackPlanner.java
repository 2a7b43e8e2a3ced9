package dev.skein.engine.execution;

import dev.skein.engine.framework.Ancestry;
import dev.skein.engine.framework.FrameworkRules;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plan of an order to roll back.
 *
 * <ol>
 *   <li>The rollout's migrations are those of which it did the last step up and that are still
 *       applied; a migration that somebody else applied stays.
 *   <li>Nothing is run if one of them has no steps down, or if something else was applied on top,
 *       or if the version table lacks one that the ledger has; see {@link VersionTableMismatch}.
 *   <li>They are undone newest first. Where a migration has as many steps down as up, a step down
 *       undoes the step up at the same distance from the end, so that of a half-done migration only
 *       what was done is undone; otherwise all its steps down run.
 *   <li>The migration leaves the version table with the first step down, because from there on it
 *       is incomplete. A recorded failure is removed with the last step.
 * </ol>
 */
final class RollbackPlanner {
    private final Plan plan;
    private final RolloutId rollout;
    private final AppliedState appliedState;
    private final Optional<Ancestry> graph;
    private final int stepsBefore;
    private final Optional<Refusal> contradiction;
    private final List<String> ours = new ArrayList<>();

    private RollbackPlanner(
            Plan plan, OrderIssued order, AppliedState appliedState, int stepsBefore) {
        this.plan = plan;
        this.rollout = order.rollout();
        this.appliedState = appliedState;
        this.graph = FrameworkRules.of(plan).graph(plan);
        this.stepsBefore = stepsBefore;
        this.contradiction = contradiction(order);
        appliedState
                .migrationStates()
                .forEach(
                        (key, state) -> {
                            if (state.rollout().equals(rollout)
                                    && appliedState.confirms(key, state)) {
                                ours.add(key);
                            }
                        });
    }

    static ExecutionPlan of(Plan plan, OrderIssued order, Survey survey) {
        int before = survey.stepsBack(order.epoch());
        return new RollbackPlanner(plan, order, AppliedState.of(plan, survey), before)
                .executionPlan();
    }

    private ExecutionPlan executionPlan() {
        Optional<String> versionNow = appliedState.versionWithout(List.of());
        Optional<Refusal> refusal =
                coveredByOthers().or(() -> contradiction).or(this::withoutWayBack);
        if (refusal.isPresent()) {
            return ExecutionPlan.refused(versionNow, refusal.get());
        }
        List<String> newestFirst = new ArrayList<>(ours);
        Collections.reverse(newestFirst);
        List<PlannedStep> plannedSteps = new ArrayList<>();
        newestFirst.forEach(key -> plannedSteps.addAll(plannedStepsOf(key)));
        return new ExecutionPlan(
                plannedSteps,
                stepsBefore,
                versionNow,
                appliedState.versionWithout(ours),
                failuresToClear(),
                Optional.empty());
    }

    /** By a repair a person confirms that the version table is right. */
    private Optional<Refusal> contradiction(OrderIssued order) {
        return order.repair().filter(Repair.BOOKS::equals).isPresent()
                ? Optional.empty()
                : new VersionTableMismatch(plan, order.database(), appliedState)
                        .ofRollback(rollout);
    }

    private Optional<Refusal> coveredByOthers() {
        if (ours.isEmpty()) {
            return hiddenBehindAnUnknownHead();
        }
        String oldest = ours.get(0);
        return laterOfRollouts(oldest).or(() -> laterOfOthers(oldest));
    }

    /**
     * A graph's table names only heads. The ancestors of a head that the plan does not know are
     * unknown, so what this rollout applied may be there without being visible.
     */
    private Optional<Refusal> hiddenBehindAnUnknownHead() {
        Optional<String> unknown =
                graph.flatMap(
                        known ->
                                appliedState.applied().stream()
                                        .map(VersionHistory.Applied::key)
                                        .filter(key -> !known.knows(key))
                                        .findFirst());
        Optional<String> hidden =
                appliedState.migrationStates().entrySet().stream()
                        .filter(each -> each.getValue().rollout().equals(rollout))
                        .filter(each -> each.getValue().present())
                        .map(Map.Entry::getKey)
                        .findFirst();
        return hidden.flatMap(
                oldest -> unknown.flatMap(later -> covered(oldest, later, whoApplied(later))));
    }

    private String whoApplied(String key) {
        return Optional.ofNullable(appliedState.migrationStates().get(key))
                .map(state -> "rollout " + state.rollout())
                .orElse("somebody else than Skein");
    }

    private Optional<Refusal> laterOfRollouts(String oldest) {
        boolean later = false;
        for (var each : appliedState.migrationStates().entrySet()) {
            boolean foreign = !each.getValue().rollout().equals(rollout);
            boolean stands = foreign && appliedState.confirms(each.getKey(), each.getValue());
            if (stands && covers(each.getKey(), later)) {
                return covered(oldest, each.getKey(), "rollout " + each.getValue().rollout());
            }
            later |= each.getKey().equals(oldest);
        }
        return Optional.empty();
    }

    private Optional<Refusal> laterOfOthers(String oldest) {
        boolean later = false;
        for (VersionHistory.Applied entry : appliedState.applied()) {
            boolean foreign = !appliedState.migrationStates().containsKey(entry.key());
            if (foreign && covers(entry.key(), later)) {
                return covered(oldest, entry.key(), "somebody else than Skein");
            }
            later |= entry.key().equals(oldest);
        }
        return Optional.empty();
    }

    /** In a line each migration depends on all before it; a graph names the parents. */
    private boolean covers(String foreign, boolean later) {
        return graph.map(
                        known ->
                                !known.knows(foreign)
                                        || known.withAncestors(List.of(foreign)).stream()
                                                .anyMatch(ours::contains))
                .orElse(later);
    }

    private static Optional<Refusal> covered(String oldest, String later, String by) {
        return Optional.of(
                new Refusal.NoWayBack(
                        oldest,
                        "migration "
                                + later
                                + " was applied after it by "
                                + by
                                + " and has to be taken back first"));
    }

    private Optional<Refusal> withoutWayBack() {
        for (String key : ours) {
            Optional<Migration> migration = plan.migration(key);
            if (migration.isEmpty()) {
                return Optional.of(
                        new Refusal.NoWayBack(key, "the rollout's plan has no such migration"));
            }
            if (migration.get().down().isEmpty()) {
                return Optional.of(
                        new Refusal.NoWayBack(
                                key, migration.get().script() + " has no script to take it back"));
            }
        }
        return Optional.empty();
    }

    private List<PlannedStep> plannedStepsOf(String key) {
        Migration migration = plan.migration(key).orElseThrow();
        MigrationState state = appliedState.migrationStates().get(key);
        List<Step> up = PlannedStep.stepsOf(migration.up());
        List<Step> down = PlannedStep.stepsOf(migration.down().orElseThrow());
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
                open && up.get(state.upDone()) instanceof StatementStep step
                        ? known.probing(step, undoScope(mirrored, state))
                        : known);
        return plannedSteps;
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

    private List<VersionChange> failuresToClear() {
        return plan.migrations().stream()
                .filter(migration -> appliedState.failedByUs(migration.key()))
                .filter(migration -> !ours.contains(migration.key()))
                .filter(m -> appliedState.migrationStates().get(m.key()).rollout().equals(rollout))
                .map(m -> VersionChange.of(VersionChange.Kind.ABANDONED, m))
                .toList();
    }
}
