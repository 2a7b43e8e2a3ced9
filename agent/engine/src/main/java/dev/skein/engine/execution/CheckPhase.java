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
        PlannedStep leg = execution.leg();
        CheckStep step = (CheckStep) leg.step();
        if (reply.value().filter(step.expected()::equals).isPresent()) {
            return LedgerRecorder.writeSuccess(execution, leg, StepOutcome.EXECUTED, Duration.ZERO);
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
        // A long answer is rather data of the tenant's than a number or a word.
        return value.map(
                        text ->
                                text.length() <= SHOWN_MAX
                                        ? "'" + text + "'"
                                        : "a text of " + text.length() + " characters")
                .orElse("null");
    }
}
