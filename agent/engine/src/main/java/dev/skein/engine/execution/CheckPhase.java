package dev.skein.engine.execution;

import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.plan.CheckStep;
import java.time.Duration;
import java.util.Optional;

/** A check: a query, and the answer it must give. */
final class CheckPhase {
    private static final int SHOWN_MAX = 100;

    private CheckPhase() {}

    static Transition answered(Execution execution, Reply.Answered reply) {
        PlannedStep plannedStep = execution.plannedStep();
        CheckStep step = (CheckStep) plannedStep.step();
        if (reply.value().filter(step.expected()::equals).isPresent()) {
            return LedgerRecorder.writeSuccess(
                    execution, plannedStep, StepOutcome.EXECUTED, Duration.ZERO);
        }
        String message =
                "check '"
                        + step.name()
                        + "' expected '"
                        + step.expected()
                        + "' and got "
                        + shown(reply.value());
        return RetryPolicy.giveUp(
                execution, ReportFactory.permanent("check-failed", message), true);
    }

    private static String shown(Optional<String> value) {
        // A long answer is probably the tenant's data, which must not enter a report.
        return value.map(
                        text ->
                                text.length() <= SHOWN_MAX
                                        ? "'" + text + "'"
                                        : "a text of " + text.length() + " characters")
                .orElse("null");
    }
}
