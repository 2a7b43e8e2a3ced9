package dev.skein.engine.execution;

import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.StatementStep;
import java.time.Duration;

/**
 * Finds out whether there is anything for a step down to take back, after the run of its step up
 * was interrupted. What the interruption left is removed.
 */
final class UndoProbe {
    private final OrderExecution walk;
    private final PlannedStep leg;
    private final StatementStep stepUp;
    private final Probe probe;

    UndoProbe(OrderExecution walk, PlannedStep leg) {
        this.walk = walk;
        this.leg = leg;
        this.stepUp = leg.settle().orElseThrow();
        this.probe = stepUp.probe();
    }

    Action begin() {
        return switch (ProbeKind.of(probe)) {
            case CATALOGUE ->
                    walk.ask(new Action.AskCatalogue(stepUp.session(), probe), this::probed);
            case REPEATABLE -> walk.runInstead(leg.settled());
            case NONE ->
                    new InDoubtResolver(walk, leg, stepUp, leg.settledRef())
                            .afterInterruption(
                                    how -> walk.runInstead(leg.settled()), this::nothingToTakeBack);
        };
    }

    private Action probed(Reply reply) {
        if (reply instanceof Reply.Failed failed) {
            return walk.setbacks().stepFailed(leg, failed);
        }
        ProbeResult result = ((Reply.Probed) reply).result();
        return switch (result.state()) {
            case DONE -> walk.runInstead(leg.settled());
            case NOT_DONE -> nothingToTakeBack();
            case REMNANT ->
                    walk.ask(new Action.DropIndexes(result.remnants()), this::remnantDropped);
            case DETACH_PENDING ->
                    walk.ask(
                            new Action.FinalizeDetach(
                                    stepUp.session(), (Probe.PartitionDetached) probe),
                            this::detached);
        };
    }

    private Action remnantDropped(Reply reply) {
        return reply instanceof Reply.Failed failed ? unsettled(failed) : nothingToTakeBack();
    }

    private Action detached(Reply reply) {
        return reply instanceof Reply.Failed failed
                ? unsettled(failed)
                : walk.runInstead(leg.settled());
    }

    private Action unsettled(Reply.Failed failed) {
        return walk.setbacks().unsettled(leg, failed);
    }

    private Action nothingToTakeBack() {
        return switch (leg.moot()) {
            case NOTHING -> walk.runInstead(leg.settled());
            case STEP -> walk.writeSuccess(leg, StepOutcome.FOUND_DONE, Duration.ZERO);
            case MIGRATION ->
                    walk.writeSuccess(
                            walk.onlyTheLastOf(leg), StepOutcome.FOUND_DONE, Duration.ZERO);
        };
    }
}
