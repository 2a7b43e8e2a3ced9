package dev.skein.engine.execution;

import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.time.Duration;
import java.util.Optional;

/** One attempt at one step, by its kind. */
final class StepRun implements Step.Visitor<Action> {
    private static final int SHOWN_MAX = 100;

    private final OrderExecution walk;
    private final PlannedStep leg;

    StepRun(OrderExecution walk, PlannedStep leg) {
        this.walk = walk;
        this.leg = leg;
    }

    @Override
    public Action on(ScriptStep step) {
        return walk.ask(
                new Action.RunScript(
                        step.sql(), walk.success(leg, StepOutcome.EXECUTED, Duration.ZERO)),
                reply ->
                        reply instanceof Reply.Failed failed
                                ? walk.setbacks().stepFailed(leg, failed)
                                : walk.legDone());
    }

    @Override
    public Action on(StatementStep step) {
        return new StatementRun(walk, leg, step).begin();
    }

    @Override
    public Action on(CheckStep step) {
        return walk.ask(
                new Action.RunCheck(step.query()),
                reply ->
                        reply instanceof Reply.Failed failed
                                ? walk.setbacks().stepFailed(leg, failed)
                                : answered(step, ((Reply.Answered) reply).value()));
    }

    private Action answered(CheckStep step, Optional<String> value) {
        if (value.filter(step.expected()::equals).isPresent()) {
            return walk.writeSuccess(leg, StepOutcome.EXECUTED, Duration.ZERO);
        }
        return walk.setbacks()
                .giveUp(
                        leg,
                        ReportFactory.permanent(
                                "check-failed",
                                "check '"
                                        + step.name()
                                        + "' expected '"
                                        + step.expected()
                                        + "' and got "
                                        + shown(value)),
                        true);
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
