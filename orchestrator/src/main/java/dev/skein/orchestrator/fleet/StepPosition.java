package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Optional;

/**
 * Between which steps a database is, by the rows of its ledger, whatever became of the orders that
 * ran them: what an aborted order left half done stays half done until somebody finishes it.
 *
 * @param done the last step that is in the database; absent at the end of a plan
 * @param begun a step after it that may have taken effect, wholly, partly or not at all
 */
public record StepPosition(Optional<LastStep> done, Optional<LastStep> begun) {
    private static final String UNDECIDED = "undecided";
    private static final StepPosition NONE = new StepPosition(Optional.empty(), Optional.empty());

    /** Between no steps. */
    static StepPosition none() {
        return NONE;
    }

    /** The position after a row of the ledger. */
    StepPosition after(StepEvent event) {
        return event.accept(new Next(this));
    }

    private StepPosition withBegun(RolloutId rollout, StepRef step, Instant at) {
        return isOfMigration(step)
                ? new StepPosition(done, Optional.of(new LastStep(rollout, step, at)))
                : this;
    }

    private StepPosition withDone(RolloutId rollout, StepRef step, Instant at) {
        return isOfMigration(step)
                ? new StepPosition(Optional.of(new LastStep(rollout, step, at)), Optional.empty())
                : this;
    }

    private static boolean isOfMigration(StepRef step) {
        return step.direction() == Direction.UP || step.direction() == Direction.DOWN;
    }

    /** The step failed and left nothing behind. */
    private StepPosition withoutBegun(StepRef step) {
        boolean known = begun.filter(each -> each.step().equals(step)).isPresent();
        return known ? new StepPosition(done, Optional.empty()) : this;
    }

    /** A rollout's way back ends where it began; what another one left is not touched by it. */
    private StepPosition without(RolloutId rollout) {
        return new StepPosition(
                done.filter(each -> !each.rollout().equals(rollout)),
                begun.filter(each -> !each.rollout().equals(rollout)));
    }

    private record Next(StepPosition before) implements StepEvent.Visitor<StepPosition> {
        @Override
        public StepPosition on(OrderAccepted event) {
            return before;
        }

        @Override
        public StepPosition on(StepStarted event) {
            return before.withBegun(event.rollout(), event.step(), event.at());
        }

        @Override
        public StepPosition on(StepSucceeded event) {
            return before.withDone(event.rollout(), event.step(), event.at());
        }

        @Override
        public StepPosition on(StepRetried event) {
            return isInDoubt(event.inDoubt(), event.failure())
                    ? before
                    : before.withoutBegun(event.step());
        }

        @Override
        public StepPosition on(DatabaseFailed event) {
            return isInDoubt(event.inDoubt(), event.failure())
                    ? before
                    : event.step().map(before::withoutBegun).orElse(before);
        }

        /** An agent of before this was written down says it by the code alone. */
        private static boolean isInDoubt(Optional<Boolean> said, StepFailure failure) {
            return said.isPresent() || failure.code().equals(UNDECIDED);
        }

        @Override
        public StepPosition on(OrderPaused event) {
            return before;
        }

        @Override
        public StepPosition on(OrderStopped event) {
            return before;
        }

        @Override
        public StepPosition on(DatabaseApplied event) {
            return NONE;
        }

        @Override
        public StepPosition on(DatabaseRolledBack event) {
            return before.without(event.rollout());
        }

        @Override
        public StepPosition on(DatabaseIrreversible event) {
            return before;
        }

        @Override
        public StepPosition on(DatabaseUnavailable event) {
            return before;
        }

        @Override
        public StepPosition on(DatabaseSurveyed event) {
            return before;
        }

        @Override
        public StepPosition on(DatabaseAdopted event) {
            return before;
        }
    }
}
