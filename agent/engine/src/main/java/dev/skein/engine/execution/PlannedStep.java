package dev.skein.engine.execution;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.UnboundStep;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One step that is left to do, and what goes with it.
 *
 * @param migration whose step it is; absent for a hook, and for a check of the order
 * @param completes whether it is the last of its migration in its direction
 * @param changes of the version table, made with it
 * @param uncertain whether an earlier run of it may have taken effect
 * @param interruptedUp the step up that this step undoes, where it is unknown whether that step
 *     took effect
 * @param undoScope what this step undoes; decides what is left to do where {@code interruptedUp}
 *     took no effect
 */
record PlannedStep(
        StepRef ref,
        Step step,
        Optional<Migration> migration,
        boolean completes,
        List<VersionChange> changes,
        boolean uncertain,
        Optional<UnboundStep> interruptedUp,
        UndoScope undoScope) {
    /** What a step down undoes. */
    enum UndoScope {
        /** More steps up than the interrupted one, so that it runs in any case. */
        SEVERAL_STEPS,
        /** The interrupted step up alone; without its effect this step has nothing to do. */
        ONE_STEP,
        /** The migration's first step up; without its effect the whole migration is absent. */
        WHOLE_MIGRATION
    }

    PlannedStep {
        changes = List.copyOf(changes);
    }

    static PlannedStep of(Migration migration, int index, Direction direction, List<Step> steps) {
        return new PlannedStep(
                new StepRef(migration.key(), index, direction),
                steps.get(index),
                Optional.of(migration),
                index == steps.size() - 1,
                List.of(),
                false,
                Optional.empty(),
                UndoScope.SEVERAL_STEPS);
    }

    static PlannedStep check(String name, int index, Step step) {
        return beside(new StepRef(name, index, Direction.CHECK), step);
    }

    static PlannedStep hook(StepRef ref, Step step) {
        return beside(ref, step);
    }

    /** A step of no migration. */
    private static PlannedStep beside(StepRef ref, Step step) {
        return new PlannedStep(
                ref,
                step,
                Optional.empty(),
                true,
                List.of(),
                false,
                Optional.empty(),
                UndoScope.SEVERAL_STEPS);
    }

    /** A migration without a statement still gets its row in the version table. */
    static List<Step> stepsOf(List<Step> steps) {
        return steps.isEmpty() ? List.of(new ScriptStep("")) : steps;
    }

    /** All steps of that migration. */
    static List<PlannedStep> upOf(Migration migration) {
        List<Step> steps = stepsOf(migration.up());
        return IntStream.range(0, steps.size())
                .mapToObj(index -> of(migration, index, Direction.UP, steps))
                .toList();
    }

    PlannedStep with(List<VersionChange> newChanges) {
        return new PlannedStep(
                ref, step, migration, completes, newChanges, uncertain, interruptedUp, undoScope);
    }

    /** With these changes before its own. */
    PlannedStep withFirst(List<VersionChange> earlier) {
        return with(Stream.concat(earlier.stream(), changes.stream()).toList());
    }

    PlannedStep madeUncertain() {
        return new PlannedStep(
                ref, step, migration, completes, changes, true, interruptedUp, undoScope);
    }

    PlannedStep certain() {
        return new PlannedStep(
                ref, step, migration, completes, changes, false, interruptedUp, undoScope);
    }

    /** The delegated step, this one or the one it undoes, of which a run may be at work still. */
    Optional<DelegatedStep> delegatedInDoubt() {
        return Stream.concat(interruptedUp.stream(), uncertain ? Stream.of(step) : Stream.of())
                .filter(DelegatedStep.class::isInstance)
                .map(DelegatedStep.class::cast)
                .findFirst();
    }

    /** Whether its failure may leave the migration half applied for the framework to see. */
    boolean leavesHalf() {
        return ref.direction() == Direction.UP && (step instanceof UnboundStep || ref.index() > 0);
    }

    /** Whether the last of these steps is a run that writes the version table by itself. */
    static boolean recordsItself(List<Step> steps) {
        return !steps.isEmpty()
                && steps.get(steps.size() - 1) instanceof DelegatedStep last
                && last.recordsVersion();
    }

    private boolean recordsItself() {
        return step instanceof DelegatedStep delegated && delegated.recordsVersion();
    }

    /** The changes of the version table that are Skein's to write when the step is done. */
    List<VersionChange> written() {
        return recordsItself()
                ? changes.stream()
                        .filter(each -> each.kind() == VersionChange.Kind.APPLIED)
                        .map(
                                each ->
                                        VersionChange.of(
                                                VersionChange.Kind.CONFIRMED, each.migration()))
                        .toList()
                : changes;
    }

    /** What the version table is told before the step, if not all of it is in one transaction. */
    List<VersionChange> starting() {
        return ref.direction() == Direction.UP && !recordsItself()
                ? migration.map(m -> VersionChange.of(VersionChange.Kind.STARTED, m)).stream()
                        .toList()
                : List.of();
    }

    /** What the version table must say of the migration when the step begins. */
    Optional<VersionExpectation> expectation() {
        return migration.map(m -> new VersionExpectation(m, reverts()));
    }

    /** What it must say when the step is written down: a run has already changed it. */
    Optional<VersionExpectation> expectationWhenDone() {
        return migration.map(m -> new VersionExpectation(m, reverts() != recordsItself()));
    }

    private boolean reverts() {
        return changes.stream().anyMatch(each -> each.kind() == VersionChange.Kind.REVERTED);
    }

    PlannedStep probing(UnboundStep stepUp, UndoScope scope) {
        return new PlannedStep(
                ref, step, migration, completes, changes, uncertain, Optional.of(stepUp), scope);
    }

    /** Names the step up of which it is unknown whether it took effect. */
    StepRef interruptedUpRef() {
        List<Step> up = migration.orElseThrow().up();
        int index = 0;
        while (up.get(index) != interruptedUp.orElseThrow()) {
            index++;
        }
        return new StepRef(ref.migration(), index, Direction.UP);
    }

    /** The same without the question whether there is anything to undo. */
    PlannedStep withoutProbe() {
        return new PlannedStep(
                ref,
                step,
                migration,
                completes,
                changes,
                uncertain,
                Optional.empty(),
                UndoScope.SEVERAL_STEPS);
    }

    Optional<String> checksum() {
        return migration.flatMap(Migration::checksum);
    }
}
