package dev.skein.engine.execution;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Words a walk's reports: those of the ledger, which are counted, and those beside it.
 *
 * <p>A sequence is known before its transaction, because the walk alone writes to its target's part
 * of the ledger while it holds the lock; it is used up when the transaction is committed. Entries
 * of one transaction come from calls in their order.
 */
final class ReportFactory {
    private final OrderIssued order;
    private final Plan plan;
    private final String source;
    private long sequence;
    private int drafted;
    private int done;
    private int total;

    ReportFactory(OrderIssued order, Plan plan) {
        this.order = order;
        this.plan = plan;
        this.source = "database:" + order.database();
        this.total = plan.stepCount() + order.checks().size();
    }

    /** Goes on behind what the ledger, or the orchestrator, has seen. */
    void continueAfter(long ledgerSequence) {
        sequence = Math.max(ledgerSequence, order.lastSequence());
        drafted = 0;
    }

    void progressIs(int stepsDone, int stepsTotal) {
        done = stepsDone;
        total = stepsTotal;
    }

    /** What was drafted is in the ledger. */
    void committed() {
        sequence += drafted;
        drafted = 0;
    }

    /** What was drafted is not in the ledger: its sequences are free again. */
    void discarded() {
        drafted = 0;
    }

    LedgerEntry accepted(Optional<String> version, Instant at) {
        return entry(
                LedgerKind.ACCEPTED,
                new OrderAccepted(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        order.agent(),
                        progress(0),
                        version,
                        at));
    }

    LedgerEntry started(PlannedStep leg, Instant at) {
        StepStarted event =
                new StepStarted(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        leg.ref(),
                        progress(0),
                        at);
        return entry(LedgerKind.STARTED, leg, event);
    }

    LedgerEntry succeeded(
            PlannedStep leg, StepOutcome outcome, int attempts, Duration elapsed, Instant at) {
        StepSucceeded event =
                new StepSucceeded(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        leg.ref(),
                        outcome,
                        attempts,
                        elapsed,
                        progress(1),
                        at);
        return entry(LedgerKind.DONE, leg, event);
    }

    /**
     * @param settled whether the failed attempt is known to have left nothing behind
     */
    LedgerEntry retried(
            PlannedStep leg,
            int attempt,
            StepFailure failure,
            Duration wait,
            boolean settled,
            Instant at) {
        StepRetried event =
                new StepRetried(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        leg.ref(),
                        attempt,
                        order.limits().attempts(),
                        failure,
                        wait,
                        at);
        return settled ? entry(LedgerKind.RETRIED, leg, event) : entry(LedgerKind.RETRIED, event);
    }

    /** The good end; {@code ahead} steps of the same transaction are counted as done. */
    LedgerEntry ended(int ahead, Optional<String> version, Instant at) {
        StepEvent event =
                switch (order.kind()) {
                    case APPLY ->
                            new DatabaseApplied(
                                    order.database(),
                                    order.rollout(),
                                    order.epoch(),
                                    version.orElseGet(plan::version),
                                    progress(ahead),
                                    at);
                    case ROLLBACK ->
                            new DatabaseRolledBack(
                                    order.database(),
                                    order.rollout(),
                                    order.epoch(),
                                    version,
                                    progress(ahead),
                                    at);
                    case SURVEY, ADOPT ->
                            throw new IllegalStateException(
                                    "an order to " + order.kind().label() + " runs no steps");
                };
        return entry(LedgerKind.ENDED, event);
    }

    /** The good end of an order that only notes what was found. */
    LedgerEntry adopted(SurveyFindings findings, Instant at) {
        return entry(
                LedgerKind.ENDED,
                new DatabaseAdopted(
                        order.database(), order.rollout(), order.epoch(), findings, at));
    }

    /** The good end of an order that only reads; the ledger knows nothing of it. */
    Envelope surveyed(SurveyFindings findings, Instant at) {
        return Envelope.uncounted(
                source,
                new DatabaseSurveyed(
                        order.database(), order.rollout(), order.epoch(), findings, at));
    }

    /** The order cannot be carried out in a database that is as this one is. */
    LedgerEntry refused(StepFailure failure, Instant at) {
        return entry(LedgerKind.ENDED, failure(Optional.empty(), failure, at));
    }

    /**
     * @param settled whether the step is known to have left nothing behind
     */
    LedgerEntry failed(PlannedStep leg, StepFailure failure, boolean settled, Instant at) {
        DatabaseFailed event = failure(Optional.of(leg.ref()), failure, at);
        return settled ? entry(LedgerKind.ENDED, leg, event) : entry(LedgerKind.ENDED, event);
    }

    LedgerEntry irreversible(Refusal.NoWayBack refusal, Instant at) {
        return entry(
                LedgerKind.ENDED,
                new DatabaseIrreversible(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        refusal.migration(),
                        refusal.reason(),
                        at));
    }

    /** A failure that could not be put into the ledger, so it is not counted. */
    Envelope failedBeside(Optional<PlannedStep> leg, StepFailure failure, Instant at) {
        return Envelope.uncounted(source, failure(leg.map(PlannedStep::ref), failure, at));
    }

    /** The ledger is ahead of the order, which therefore can write nothing and runs nothing. */
    Envelope overtaken(Survey found, Instant at) {
        StepFailure failure =
                permanent(
                        "ledger-ahead",
                        "order "
                                + order.epoch()
                                + " of rollout "
                                + order.rollout()
                                + " was not carried out: the ledger holds epoch "
                                + found.epoch()
                                + found.holder().map(taker -> ", of rollout " + taker).orElse("")
                                + "; the log is older than the ledger, or another one; retry to"
                                + " order above the ledger's epoch");
        return Envelope.uncounted(
                source,
                new DatabaseFailed(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        Optional.empty(),
                        failure,
                        progress(0),
                        OptionalLong.of(found.epoch()),
                        at));
    }

    Envelope unavailable(StepFailure failure, int attempt, Duration wait, Instant at) {
        return Envelope.uncounted(
                source,
                new DatabaseUnavailable(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        failure,
                        attempt,
                        wait,
                        at));
    }

    Envelope paused(int pause, Instant at) {
        return Envelope.uncounted(
                source,
                new OrderPaused(
                        order.database(), order.rollout(), order.epoch(), pause, progress(0), at));
    }

    Envelope stopped(Instant at) {
        return Envelope.uncounted(
                source,
                new OrderStopped(
                        order.database(), order.rollout(), order.epoch(), progress(0), at));
    }

    /** A step's place among the order's, for messages: {@code step 3/7 of r-42}. */
    String place(PlannedStep leg) {
        return "step "
                + (done + 1)
                + "/"
                + total
                + " of "
                + order.rollout()
                + " ("
                + leg.ref().migration()
                + ", "
                + leg.ref().direction().label()
                + " "
                + (leg.ref().index() + 1)
                + ")";
    }

    static StepFailure permanent(String code, String message) {
        return new StepFailure(code, Optional.empty(), message, false, List.<Blocker>of());
    }

    private DatabaseFailed failure(Optional<StepRef> step, StepFailure failure, Instant at) {
        return new DatabaseFailed(
                order.database(),
                order.rollout(),
                order.epoch(),
                order.kind(),
                step,
                failure,
                progress(0),
                at);
    }

    private Progress progress(int ahead) {
        return new Progress(Math.min(done + ahead, total), total);
    }

    private LedgerEntry entry(LedgerKind kind, StepEvent event) {
        return new LedgerEntry(kind, Optional.empty(), false, Optional.empty(), next(event));
    }

    private LedgerEntry entry(LedgerKind kind, PlannedStep leg, StepEvent event) {
        return new LedgerEntry(
                kind, Optional.of(leg.ref()), leg.completes(), leg.checksum(), next(event));
    }

    private Envelope next(StepEvent event) {
        drafted++;
        return Envelope.counted(source, sequence + drafted, event);
    }
}
