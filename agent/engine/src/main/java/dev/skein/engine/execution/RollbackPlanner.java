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
 * The route of an order to roll back.
 *
 * <ol>
 *   <li>The rollout's migrations are those of which it did the last step up, as far as the books
 *       still hold them; a migration that somebody else applied stays.
 *   <li>Nothing is run if one of them has no way back, or if something else was applied on top, or
 *       if the version table lacks one that the ledger has; see {@link Contradictions}.
 *   <li>They are taken back newest first. Where a migration has as many steps down as up, a step
 *       down takes back the step up of the same distance from the end, so that a half-done
 *       migration is taken back as far as it was done; else all its steps down are run.
 *   <li>The version table loses a migration with the first step down: from there on it is no longer
 *       wholly there. What it says of a failure goes with the last.
 * </ol>
 */
final class RollbackPlanner {
    private final Plan plan;
    private final RolloutId rollout;
    private final AppliedState books;
    private final Optional<Ancestry> graph;
    private final int stepsBefore;
    private final Optional<Refusal> contradiction;
    private final List<String> ours = new ArrayList<>();

    private RollbackPlanner(Plan plan, OrderIssued order, AppliedState books, int stepsBefore) {
        this.plan = plan;
        this.rollout = order.rollout();
        this.books = books;
        this.graph = FrameworkRules.of(plan).graph(plan);
        this.stepsBefore = stepsBefore;
        this.contradiction = contradiction(order);
        books.standings()
                .forEach(
                        (key, standing) -> {
                            if (standing.rollout().equals(rollout) && books.stands(key, standing)) {
                                ours.add(key);
                            }
                        });
    }

    static ExecutionPlan of(Plan plan, OrderIssued order, Survey survey) {
        int before = survey.stepsBack(order.epoch());
        return new RollbackPlanner(plan, order, AppliedState.of(plan, survey), before).route();
    }

    private ExecutionPlan route() {
        Optional<String> versionNow = books.versionWithout(List.of());
        Optional<Refusal> refusal =
                coveredByOthers().or(() -> contradiction).or(this::withoutWayBack);
        if (refusal.isPresent()) {
            return ExecutionPlan.refused(versionNow, refusal.get());
        }
        List<String> newestFirst = new ArrayList<>(ours);
        Collections.reverse(newestFirst);
        List<PlannedStep> legs = new ArrayList<>();
        newestFirst.forEach(key -> legs.addAll(legsOf(key)));
        return new ExecutionPlan(
                legs,
                stepsBefore,
                versionNow,
                books.versionWithout(ours),
                failuresToClear(),
                Optional.empty());
    }

    /** A repair is a person's word that the version table is right. */
    private Optional<Refusal> contradiction(OrderIssued order) {
        return order.repair().filter(Repair.BOOKS::equals).isPresent()
                ? Optional.empty()
                : new Contradictions(plan, order.database(), books).ofRollback(rollout);
    }

    private Optional<Refusal> coveredByOthers() {
        if (ours.isEmpty()) {
            return hiddenBehindAnUnknownHead();
        }
        String oldest = ours.get(0);
        return laterOfRollouts(oldest).or(() -> laterOfOthers(oldest));
    }

    /**
     * A graph's table names heads only. Of what a head stands on that the plan does not know
     * nothing can be told, so that what this rollout did may be there and not be seen.
     */
    private Optional<Refusal> hiddenBehindAnUnknownHead() {
        Optional<String> unknown =
                graph.flatMap(
                        known ->
                                books.applied().stream()
                                        .map(VersionHistory.Applied::key)
                                        .filter(key -> !known.knows(key))
                                        .findFirst());
        Optional<String> hidden =
                books.standings().entrySet().stream()
                        .filter(each -> each.getValue().rollout().equals(rollout))
                        .filter(each -> each.getValue().present())
                        .map(Map.Entry::getKey)
                        .findFirst();
        return hidden.flatMap(
                oldest -> unknown.flatMap(later -> covered(oldest, later, whoApplied(later))));
    }

    private String whoApplied(String key) {
        return Optional.ofNullable(books.standings().get(key))
                .map(standing -> "rollout " + standing.rollout())
                .orElse("somebody else than Skein");
    }

    private Optional<Refusal> laterOfRollouts(String oldest) {
        boolean later = false;
        for (var each : books.standings().entrySet()) {
            boolean foreign = !each.getValue().rollout().equals(rollout);
            boolean stands = foreign && books.stands(each.getKey(), each.getValue());
            if (stands && covers(each.getKey(), later)) {
                return covered(oldest, each.getKey(), "rollout " + each.getValue().rollout());
            }
            later |= each.getKey().equals(oldest);
        }
        return Optional.empty();
    }

    private Optional<Refusal> laterOfOthers(String oldest) {
        boolean later = false;
        for (VersionHistory.Applied entry : books.applied()) {
            boolean foreign = !books.standings().containsKey(entry.key());
            if (foreign && covers(entry.key(), later)) {
                return covered(oldest, entry.key(), "somebody else than Skein");
            }
            later |= entry.key().equals(oldest);
        }
        return Optional.empty();
    }

    /** In a line what is later stands on what is before; a graph tells what stands on what. */
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

    private List<PlannedStep> legsOf(String key) {
        Migration migration = plan.migration(key).orElseThrow();
        PartialMigration standing = books.standings().get(key);
        List<Step> up = PlannedStep.stepsOf(migration.up());
        List<Step> down = PlannedStep.stepsOf(migration.down().orElseThrow());
        boolean mirrored = up.size() == down.size();
        int begun = standing.upDone() + (standing.upStarted() ? 1 : 0);
        int first = Math.max(standing.downDone(), mirrored ? up.size() - begun : 0);
        List<PlannedStep> legs = new ArrayList<>();
        for (int i = first; i < down.size(); i++) {
            legs.add(PlannedStep.of(migration, i, Direction.DOWN, down));
        }
        if (legs.isEmpty()) {
            // Of the steps up none is done or in doubt, though a step down was once begun.
            return legs;
        }
        legs.replaceAll(leg -> leg.completes() ? leg.with(clearing(migration)) : leg);
        PlannedStep start = legs.get(0).withFirst(changes(migration));
        PlannedStep known = standing.downStarted() ? start.madeUncertain() : start;
        // A step down only ever starts once it is known that there is something to take back.
        boolean open = standing.upStarted() && !standing.downStarted();
        legs.set(
                0,
                open && up.get(standing.upDone()) instanceof StatementStep step
                        ? known.settling(step, moot(mirrored, standing))
                        : known);
        return legs;
    }

    private static PlannedStep.Moot moot(boolean mirrored, PartialMigration standing) {
        if (mirrored) {
            return PlannedStep.Moot.STEP;
        }
        return standing.upDone() == 0 ? PlannedStep.Moot.MIGRATION : PlannedStep.Moot.NOTHING;
    }

    private List<VersionChange> changes(Migration migration) {
        return books.applied(migration.key()).isPresent()
                ? List.of(VersionChange.of(VersionChange.Kind.REVERTED, migration))
                : List.of();
    }

    /** With the last step down the ledger forgets the migration, and whose failure that was. */
    private List<VersionChange> clearing(Migration migration) {
        return books.failedByUs(migration.key())
                ? List.of(VersionChange.of(VersionChange.Kind.ABANDONED, migration))
                : List.of();
    }

    private List<VersionChange> failuresToClear() {
        return plan.migrations().stream()
                .filter(migration -> books.failedByUs(migration.key()))
                .filter(migration -> !ours.contains(migration.key()))
                .filter(m -> books.standings().get(m.key()).rollout().equals(rollout))
                .map(m -> VersionChange.of(VersionChange.Kind.ABANDONED, m))
                .toList();
    }
}
