package dev.skein.engine.execution;

import dev.skein.engine.framework.FrameworkRules;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Ancestry;
import dev.skein.protocol.plan.MigrationKey;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionReach;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plan of an order to roll back.
 *
 * <ol>
 *   <li>What is to be undone are the rollout's migrations: those of which it did the last step up
 *       and that are still applied; a migration that somebody else applied stays. An order that
 *       names a version undoes what is above it instead, whoever applied it.
 *   <li>Nothing is run if something else was applied on top, or if the version table lacks one that
 *       the ledger has; see {@link VersionTableMismatch}; or if one of them has no down, unless the
 *       order's terms allow for it; see {@link RollbackPath}.
 *   <li>They are undone newest first; see {@link UndoSteps}.
 * </ol>
 */
final class RollbackPlanner {
    private final Plan plan;
    private final List<Plan> earlier;
    private final OrderIssued order;
    private final RolloutId rollout;
    private final Survey survey;
    private final AppliedState appliedState;
    private final Optional<Ancestry> graph;
    private final List<String> meant;

    private RollbackPlanner(Plan plan, List<Plan> earlier, OrderIssued order, Survey survey) {
        this.plan = plan;
        this.earlier = earlier;
        this.order = order;
        this.rollout = order.rollout();
        this.survey = survey;
        this.appliedState = AppliedState.of(plan, survey);
        this.graph = FrameworkRules.of(plan).graph(plan);
        this.meant = order.kind() == OrderKind.ROLLBACK ? ofTheRollout() : aboveTheVersion();
    }

    static ExecutionPlan of(Plan plan, OrderIssued order, Survey survey) {
        return of(plan, List.of(), order, survey);
    }

    /** The same where plans of other rollouts are known, the newest first. */
    static ExecutionPlan of(Plan plan, List<Plan> earlier, OrderIssued order, Survey survey) {
        return new RollbackPlanner(plan, earlier, order, survey).executionPlan();
    }

    private List<String> ofTheRollout() {
        List<String> keys = new ArrayList<>();
        appliedState
                .migrationStates()
                .forEach(
                        (key, state) -> {
                            if (state.rollout().equals(rollout)
                                    && appliedState.confirms(key, state)) {
                                keys.add(key);
                            }
                        });
        return keys;
    }

    private List<String> aboveTheVersion() {
        return VersionReach.of(plan, version()).map(VersionReach::above).orElse(List.of()).stream()
                .filter(key -> appliedState.isThere(key))
                .toList();
    }

    private String version() {
        return terms().to().orElse("");
    }

    private RollbackTerms terms() {
        return order.terms().orElseGet(RollbackTerms::strict);
    }

    private ExecutionPlan executionPlan() {
        Optional<String> versionNow = appliedState.versionWithout(List.of());
        Repeatables repeatables = repeatables();
        List<String> lasting = meant.stream().filter(key -> !isRepeatable(key)).toList();
        RollbackPath path = RollbackPath.of(plan, lasting, terms()).leaving(repeatables.left());
        Optional<Refusal> refusal =
                unknownVersion()
                        .or(this::coveredByOthers)
                        .or(this::contradiction)
                        .or(path::refusal);
        if (refusal.isPresent()) {
            return ExecutionPlan.refused(versionNow, refusal.get());
        }
        List<PlannedStep> plannedSteps = new ArrayList<>(repeatables.steps());
        UndoSteps undo = new UndoSteps(rollout, appliedState);
        path.undone().forEach(migration -> plannedSteps.addAll(undo.of(migration)));
        int before =
                survey.stepsBack(order.epoch())
                        + (order.kind() == OrderKind.ROLLBACK
                                ? survey.stepsRepeated(order.epoch())
                                : 0);
        ExecutionPlan executionPlan =
                new ExecutionPlan(
                        plannedSteps,
                        before,
                        versionNow,
                        appliedState.versionWithout(path.undoneKeys()),
                        failuresToClear(),
                        Optional.empty());
        return executionPlan.leaving(
                new Remainders(plan, order, survey, appliedState).of(executionPlan, path));
    }

    private Repeatables repeatables() {
        List<String> keys =
                new ArrayList<>(meant.stream().filter(key -> isRepeatable(key)).toList());
        Collections.reverse(keys);
        return Repeatables.of(plan, earlier, terms(), appliedState, keys);
    }

    private Optional<Refusal> unknownVersion() {
        return order.kind() == OrderKind.ROLLBACK
                ? Optional.empty()
                : UnreachableVersion.refusal(plan, order.database(), version(), appliedState)
                        .or(() -> UnreachableVersion.otherText(plan, appliedState, meant));
    }

    /** By a repair a person confirms that the version table is right. */
    private Optional<Refusal> contradiction() {
        if (order.repair().filter(Repair.BOOKS::equals).isPresent()) {
            return Optional.empty();
        }
        VersionTableMismatch mismatch =
                new VersionTableMismatch(plan, order.database(), appliedState);
        return order.kind() == OrderKind.ROLLBACK
                ? mismatch.ofRollback((key, state) -> state.rollout().equals(rollout))
                : mismatch.ofRollback((key, state) -> isAbove(key));
    }

    private boolean isAbove(String key) {
        return VersionReach.of(plan, version())
                .filter(reach -> reach.above().contains(key))
                .isPresent();
    }

    private Optional<Refusal> coveredByOthers() {
        List<String> lasting = meant.stream().filter(key -> !isRepeatable(key)).toList();
        if (meant.isEmpty()) {
            return hiddenBehindAnUnknownHead();
        }
        if (lasting.isEmpty()) {
            return Optional.empty();
        }
        String oldest = lasting.get(0);
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

    private static boolean isRepeatable(String key) {
        return MigrationKey.kindOf(key) == MigrationKind.REPEATABLE;
    }

    /**
     * In a line each migration depends on all before it; a graph names the parents. A repeatable
     * migration is on top of everything and of nothing.
     */
    private boolean covers(String foreign, boolean later) {
        return !meant.contains(foreign) && !isRepeatable(foreign) && isOnTop(foreign, later);
    }

    private boolean isOnTop(String foreign, boolean later) {
        return graph.map(
                        known ->
                                !known.knows(foreign)
                                        || known.withAncestors(List.of(foreign)).stream()
                                                .anyMatch(meant::contains))
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

    private List<VersionChange> failuresToClear() {
        return plan.migrations().stream()
                .filter(migration -> appliedState.failedByUs(migration.key()))
                .filter(migration -> !meant.contains(migration.key()))
                .filter(m -> appliedState.migrationStates().get(m.key()).rollout().equals(rollout))
                .map(m -> VersionChange.of(VersionChange.Kind.ABANDONED, m))
                .toList();
    }
}
