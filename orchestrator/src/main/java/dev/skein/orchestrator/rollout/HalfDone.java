package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.fleet.LastStep;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.fleet.StepPosition;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A migration that an order of a rollout left half done in a database, while no order works on it:
 * it stays so until a rollout finishes it or takes it back.
 *
 * @param step the last step that is done, or the one that was begun
 * @param steps how many the migration has in that direction
 * @param begun whether that step was begun and nothing says how it ended
 * @param since when the ledger said so
 */
public record HalfDone(DatabaseId database, StepRef step, int steps, boolean begun, Instant since) {
    /** What the rollout left half done there; empty where it left nothing, or is at work. */
    static Optional<HalfDone> of(RolloutState rollout, DatabaseState database, Plan plan) {
        boolean atWork =
                database.orders()
                        .last()
                        .filter(order -> database.hasOutstanding(order.rollout()))
                        .isPresent();
        if (atWork) {
            return Optional.empty();
        }
        StepPosition position = database.progress().steps();
        Optional<HalfDone> begun = position.begun().map(each -> of(database, plan, each, true));
        return begun.or(() -> position.done().map(each -> of(database, plan, each, false)))
                .filter(each -> rollout.id().equals(author(position)) && !each.isWhole());
    }

    private static RolloutId author(StepPosition position) {
        return position.begun().or(position::done).map(LastStep::rollout).orElse(null);
    }

    private static HalfDone of(DatabaseState database, Plan plan, LastStep last, boolean begun) {
        int steps =
                plan.migration(last.step().migration())
                        .map(each -> stepsOf(each, last.step().direction()))
                        .orElse(1);
        return new HalfDone(database.id(), last.step(), steps, begun, last.at());
    }

    /** An empty script is a step too. */
    private static int stepsOf(Migration migration, Direction direction) {
        int steps =
                direction == Direction.DOWN
                        ? migration.down().map(List::size).orElse(0)
                        : migration.up().size();
        return Math.max(1, steps);
    }

    private boolean isWhole() {
        return !begun && step.index() + 1 >= steps;
    }

    /** Such as {@code step 1 of 2 (down) of migration 0002 was begun, …}. */
    public String text() {
        String place =
                "step "
                        + (step.index() + 1)
                        + " of "
                        + steps
                        + " ("
                        + step.direction().label()
                        + ") of migration "
                        + step.migration();
        return begun
                ? place + " was begun, and nothing says how it ended"
                : place + " is done, and the next one is not";
    }
}
