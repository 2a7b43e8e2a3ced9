package dev.skein.engine.execution;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.UnboundStep;

/**
 * The step of which it is unknown whether it took effect.
 *
 * @param ofStepUp whether it is the step up that the step at hand undoes, and not the step at hand
 */
record InDoubtStep(StepRef step, UnboundStep undecided, boolean ofStepUp) {
    static InDoubtStep of(Execution execution) {
        PlannedStep plannedStep = execution.plannedStep();
        return plannedStep
                .interruptedUp()
                .map(stepUp -> new InDoubtStep(plannedStep.interruptedUpRef(), stepUp, true))
                .orElseGet(
                        () ->
                                new InDoubtStep(
                                        plannedStep.ref(),
                                        (UnboundStep) plannedStep.step(),
                                        false));
    }

    /** Names the step where it is not the one at hand, with which the message begins. */
    String interrupted() {
        return ofStepUp
                ? "an earlier run of " + name() + ", which it takes back, was interrupted"
                : "an earlier run was interrupted";
    }

    /** What it is, in a word. */
    String kind() {
        return undecided instanceof DelegatedStep ? "program" : "script";
    }

    /** Whether the step writes the version table by itself. */
    boolean recordsVersion() {
        return undecided instanceof DelegatedStep run && run.recordsVersion();
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
