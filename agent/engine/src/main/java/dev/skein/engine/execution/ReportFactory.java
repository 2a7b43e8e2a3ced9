package dev.skein.engine.execution;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.LedgerFinding;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.MigrationKey;
import dev.skein.protocol.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes the reports of one order: those that are rows of the ledger and have a sequence, and those
 * that are not.
 */
record ReportFactory(OrderIssued order, Plan plan) {
    LedgerEntry accepted(
            Optional<String> version, Optional<LedgerFinding> found, ReportPosition position) {
        return entry(
                LedgerKind.ACCEPTED,
                new OrderAccepted(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        order.agent(),
                        position.progress(),
                        version,
                        found,
                        position.at()),
                position);
    }

    LedgerEntry started(PlannedStep plannedStep, ReportPosition position) {
        StepStarted event =
                new StepStarted(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        plannedStep.ref(),
                        position.progress(),
                        runner(plannedStep),
                        position.at());
        return entry(LedgerKind.STARTED, plannedStep, event, position);
    }

    private static Optional<String> runner(PlannedStep plannedStep) {
        return plannedStep.step() instanceof DelegatedStep delegated
                ? Optional.of(delegated.runner())
                : Optional.empty();
    }

    /**
     * A step that is done.
     *
     * @param version the database is at with it, where that is another
     */
    LedgerEntry succeeded(
            LedgerWrite.Success success,
            int attempts,
            Optional<String> version,
            ReportPosition position) {
        StepSucceeded event =
                new StepSucceeded(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        success.plannedStep().ref(),
                        success.outcome(),
                        attempts,
                        success.elapsed(),
                        position.stepDone().progress(),
                        version,
                        success.output(),
                        position.at());
        return entry(LedgerKind.DONE, success.plannedStep(), event, position);
    }

    /** A step that a person says is there, and of which no ledger tells who did it. */
    LedgerEntry declared(PlannedStep step, ReportPosition position) {
        StepSucceeded event =
                new StepSucceeded(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        step.ref(),
                        StepOutcome.DECLARED_DONE,
                        1,
                        Duration.ZERO,
                        position.progress(),
                        MigrationKey.versionOf(step.ref().migration())
                                .filter(version -> step.completes()),
                        Optional.empty(),
                        position.at());
        return new LedgerEntry(
                LedgerKind.DONE,
                Optional.of(step.ref()),
                step.completes(),
                step.checksum(),
                counted(event, position),
                true);
    }

    LedgerEntry retried(LedgerWrite.Retry retry, int attempt, ReportPosition position) {
        StepRetried event =
                new StepRetried(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        retry.plannedStep().ref(),
                        attempt,
                        order.limits().attempts(),
                        retry.failure(),
                        retry.waitAfter(),
                        inDoubt(retry.clean()),
                        position.at());
        return retry.clean()
                ? entry(LedgerKind.RETRIED, retry.plannedStep(), event, position)
                : entry(LedgerKind.RETRIED, event, position);
    }

    /** The good end. */
    LedgerEntry ended(ExecutionPlan executionPlan, ReportPosition position) {
        Optional<String> version = executionPlan.versionAfter();
        StepEvent event =
                switch (order.kind()) {
                    case APPLY ->
                            new DatabaseApplied(
                                    order.database(),
                                    order.rollout(),
                                    order.epoch(),
                                    version.orElseGet(plan::version),
                                    position.progress(),
                                    position.at());
                    case MOVE ->
                            new DatabaseApplied(
                                    order.database(),
                                    order.rollout(),
                                    order.epoch(),
                                    version.orElse(""),
                                    position.progress(),
                                    position.at());
                    case ROLLBACK, ROLLBACK_TO ->
                            new DatabaseRolledBack(
                                    order.database(),
                                    order.rollout(),
                                    order.epoch(),
                                    version,
                                    position.progress(),
                                    executionPlan.remainder(),
                                    position.at());
                    case SURVEY, ADOPT ->
                            throw new IllegalStateException(
                                    "an order to " + order.kind().label() + " runs no steps");
                };
        return entry(LedgerKind.ENDED, event, position);
    }

    /** The order cannot be carried out in a database that is as this one is. */
    LedgerEntry refused(StepFailure failure, ReportPosition position) {
        return entry(
                LedgerKind.ENDED,
                failed(Optional.empty(), failure, Optional.empty(), position),
                position);
    }

    LedgerEntry failed(LedgerWrite.Failure failure, ReportPosition position) {
        PlannedStep plannedStep = failure.plannedStep();
        DatabaseFailed event =
                failed(
                        Optional.of(plannedStep.ref()),
                        failure.failure(),
                        inDoubt(failure.clean()),
                        position);
        return failure.clean()
                ? entry(LedgerKind.ENDED, plannedStep, event, position)
                : entry(LedgerKind.ENDED, event, position);
    }

    LedgerEntry irreversible(Refusal.NoWayBack refusal, ReportPosition position) {
        return entry(
                LedgerKind.ENDED,
                new DatabaseIrreversible(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        refusal.migration(),
                        refusal.reason(),
                        position.at()),
                position);
    }

    /** The order is not carried out, because the ledger bars it. */
    Envelope barred(LedgerLink link, ReportPosition position) {
        StepFailure failure = permanent(link.barredCode(), link.barredWords());
        return beside(
                new DatabaseFailed(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        Optional.empty(),
                        failure,
                        position.progress(),
                        OptionalLong.of(link.survey().epoch()),
                        position.at()));
    }

    /** A failure that could not be written to the ledger, so it has no sequence. */
    Envelope failedBeside(Optional<StepRef> step, StepFailure failure, ReportPosition position) {
        return beside(failed(step, failure, Optional.empty(), position));
    }

    Envelope unavailable(StepFailure failure, int attempt, Duration wait, Instant at) {
        return beside(
                new DatabaseUnavailable(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        failure,
                        attempt,
                        wait,
                        at));
    }

    Envelope paused(int pause, ReportPosition position) {
        return beside(
                new OrderPaused(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        pause,
                        position.progress(),
                        position.at()));
    }

    Envelope stopped(ReportPosition position) {
        return beside(
                new OrderStopped(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        position.progress(),
                        position.at()));
    }

    static StepFailure permanent(String code, String message) {
        return new StepFailure(code, Optional.empty(), message, false, List.of());
    }

    private static Optional<Boolean> inDoubt(boolean clean) {
        return clean ? Optional.empty() : Optional.of(true);
    }

    private DatabaseFailed failed(
            Optional<StepRef> step,
            StepFailure failure,
            Optional<Boolean> inDoubt,
            ReportPosition position) {
        return new DatabaseFailed(
                order.database(),
                order.rollout(),
                order.epoch(),
                order.kind(),
                step,
                failure,
                position.progress(),
                inDoubt,
                OptionalLong.empty(),
                position.at());
    }

    /** A row of the ledger that names no step. */
    LedgerEntry entry(LedgerKind kind, StepEvent event, ReportPosition position) {
        return new LedgerEntry(
                kind, Optional.empty(), false, Optional.empty(), counted(event, position));
    }

    private LedgerEntry entry(
            LedgerKind kind, PlannedStep plannedStep, StepEvent event, ReportPosition position) {
        return new LedgerEntry(
                kind,
                Optional.of(plannedStep.ref()),
                plannedStep.completes(),
                plannedStep.checksum(),
                counted(event, position));
    }

    private Envelope counted(StepEvent event, ReportPosition position) {
        return Envelope.counted(source(), position.next().sequence(), event);
    }

    /** A report that is no row of the ledger. */
    Envelope beside(StepEvent event) {
        return Envelope.uncounted(source(), event);
    }

    private String source() {
        return "database:" + order.database();
    }
}
