package dev.skein.agent.step;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * One step that is left to do, and what goes with it.
 *
 * @param migration whose step it is; absent for a check of the order
 * @param completes whether it is the last of its migration in its direction
 * @param changes of the version table, made with it
 * @param uncertain whether an earlier run of it may have taken effect
 * @param settle the step up that this step takes back, where it is unknown whether that one ever
 *     took effect
 * @param settlesAll whether the whole migration has nothing to take back if {@code settle} did not
 *     take effect
 */
record Leg(
        StepRef ref,
        Step step,
        Optional<Migration> migration,
        boolean completes,
        List<VersionChange> changes,
        boolean uncertain,
        Optional<StatementStep> settle,
        boolean settlesAll) {
    Leg {
        changes = List.copyOf(changes);
    }

    static Leg of(Migration migration, int index, Direction direction, List<Step> steps) {
        return new Leg(
                new StepRef(migration.key(), index, direction),
                steps.get(index),
                Optional.of(migration),
                index == steps.size() - 1,
                List.of(),
                false,
                Optional.empty(),
                false);
    }

    static Leg check(String name, int index, Step step) {
        return new Leg(
                new StepRef(name, index, Direction.CHECK),
                step,
                Optional.empty(),
                true,
                List.of(),
                false,
                Optional.empty(),
                false);
    }

    /** A migration without a statement still takes its place in the books. */
    static List<Step> stepsOf(List<Step> steps) {
        return steps.isEmpty() ? List.of(new ScriptStep("")) : steps;
    }

    Leg with(List<VersionChange> newChanges) {
        return new Leg(ref, step, migration, completes, newChanges, uncertain, settle, settlesAll);
    }

    Leg madeUncertain() {
        return new Leg(ref, step, migration, completes, changes, true, settle, settlesAll);
    }

    Leg certain() {
        return new Leg(ref, step, migration, completes, changes, false, settle, settlesAll);
    }

    /** Whether its failure may leave the migration half applied for the framework to see. */
    boolean fallsOutsideTransactions() {
        return ref.direction() == Direction.UP && step instanceof StatementStep;
    }

    Leg settling(StatementStep stepUp, boolean all) {
        return new Leg(
                ref, step, migration, completes, changes, uncertain, Optional.of(stepUp), all);
    }

    /** The same without the question whether there is anything to take back. */
    Leg settled() {
        return new Leg(
                ref, step, migration, completes, changes, uncertain, Optional.empty(), false);
    }

    Optional<String> checksum() {
        return migration.flatMap(Migration::checksum);
    }
}
