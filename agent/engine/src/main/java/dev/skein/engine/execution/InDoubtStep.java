package dev.skein.engine.execution;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.plan.StatementStep;

/**
 * The step of which it is unknown whether it took effect.
 *
 * @param ofStepUp whether it is the step up that the step at hand undoes, and not the step at hand
 */
record InDoubtStep(StepRef step, StatementStep statement, boolean ofStepUp) {
    static InDoubtStep of(Execution execution) {
        PlannedStep leg = execution.leg();
        return leg.settle()
                .map(stepUp -> new InDoubtStep(leg.settledRef(), stepUp, true))
                .orElseGet(() -> new InDoubtStep(leg.ref(), StatementPhase.step(execution), false));
    }

    /** The message begins with the place of the step at hand, which may be another one. */
    String interrupted() {
        return ofStepUp
                ? "an earlier run of " + name() + ", which it takes back, was interrupted"
                : "an earlier run was interrupted";
    }

    private String name() {
        return step.direction().label() + " " + (step.index() + 1);
    }

    /** What a person can do about it. */
    String advice(OrderIssued order) {
        String command = "'skein database repair " + order.database() + " --step-done'";
        String choice =
                ofStepUp
                        ? " if all of "
                                + name()
                                + " took effect and is to be taken back, or '--step-not-done' if"
                                + " nothing of it did"
                        : " if all of the step took effect, or '--step-not-done' if nothing of it"
                                + " did and it shall run";
        return "; look at the database, then " + command + choice;
    }
}
