package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RollbackRemainder;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes one event about an order into the report on that order. */
final class ReportFold implements StepEvent.Visitor<OrderReport> {
    private static final String IRREVERSIBLE_CODE = "irreversible";

    private final OrderReport before;
    private final boolean counted;

    private ReportFold(OrderReport before, boolean counted) {
        this.before = before;
        this.counted = counted;
    }

    /**
     * The report after one more event.
     *
     * @param counted whether the event is a row of the ledger
     */
    static OrderReport apply(OrderReport before, boolean counted, StepEvent event) {
        return event.accept(new ReportFold(before, counted));
    }

    @Override
    public OrderReport on(OrderAccepted event) {
        OrderReport next = underWay(before, event.progress(), event.at()).ofLedger(event.found());
        boolean forgets = event.kind() != OrderKind.ROLLBACK && !next.unrecorded();
        return forgets ? next.because(Optional.empty()) : next;
    }

    /**
     * A row of the ledger may be told late. What was written before the order failed beside the
     * ledger does not take that back: its agent leaves it.
     */
    private OrderReport underWay(OrderReport report, Progress progress, Instant at) {
        return isToldLate(at)
                ? report.failed(progress, before.failure().orElseThrow()).leftUnrecorded()
                : report.in(ReportStatus.RUNNING, progress, at);
    }

    private boolean isToldLate(Instant at) {
        return before.unrecorded()
                && before.failure().filter(failure -> failure.at().isAfter(at)).isPresent();
    }

    @Override
    public OrderReport on(StepStarted event) {
        return underWay(touching(event.step()), event.progress(), event.at());
    }

    @Override
    public OrderReport on(StepSucceeded event) {
        return underWay(touching(event.step()), event.progress(), event.at());
    }

    /** Checks and hooks are no part of a migration. */
    private OrderReport touching(StepRef step) {
        return switch (step.direction()) {
            case UP, DOWN -> before.touching(step.migration());
            case CHECK, HOOK -> before;
        };
    }

    @Override
    public OrderReport on(StepRetried event) {
        if (isToldLate(event.at())) {
            return before;
        }
        return before.failing(
                ReportStatus.RETRYING,
                new OrderFailure(
                        event.failure(),
                        Optional.of(event.step()),
                        event.attempt(),
                        event.attemptsMax(),
                        event.retryIn(),
                        event.at()));
    }

    @Override
    public OrderReport on(OrderPaused event) {
        return before.pauseConfirmed(event.pause());
    }

    @Override
    public OrderReport on(OrderStopped event) {
        return before.stopConfirmed();
    }

    @Override
    public OrderReport on(DatabaseApplied event) {
        return before.in(ReportStatus.APPLIED, event.progress(), event.at())
                .because(Optional.empty());
    }

    @Override
    public OrderReport on(DatabaseRolledBack event) {
        boolean nothing = event.remainder().filter(RollbackRemainder::nothingUndone).isPresent();
        return before.rolledBack(event.remainder())
                .in(
                        nothing ? ReportStatus.NOTHING_TO_UNDO : ReportStatus.ROLLED_BACK,
                        event.progress(),
                        event.at());
    }

    @Override
    public OrderReport on(DatabaseFailed event) {
        OrderFailure failure =
                new OrderFailure(event.failure(), event.step(), 0, 0, Duration.ZERO, event.at());
        OrderReport next = before.failed(event.progress(), failure);
        OrderReport failed =
                event.kind() == OrderKind.ROLLBACK ? next : next.because(Optional.of(failure));
        // A survey may be read again at any time, and what a ledger is ahead of never runs.
        boolean runsNever = event.kind() == OrderKind.SURVEY || event.ledgerEpoch().isPresent();
        return counted || runsNever ? failed : failed.leftUnrecorded();
    }

    @Override
    public OrderReport on(DatabaseIrreversible event) {
        String message = "migration " + event.migration() + ": " + event.reason();
        StepFailure failure =
                new StepFailure(IRREVERSIBLE_CODE, Optional.empty(), message, false, List.of());
        return before.failing(
                ReportStatus.IRREVERSIBLE,
                new OrderFailure(failure, Optional.empty(), 0, 0, Duration.ZERO, event.at()));
    }

    @Override
    public OrderReport on(DatabaseSurveyed event) {
        return before.found(ReportStatus.SURVEYED, event.findings(), event.at())
                .ofLedger(event.found());
    }

    @Override
    public OrderReport on(DatabaseAdopted event) {
        return before.found(ReportStatus.ADOPTED, event.findings(), event.at());
    }

    @Override
    public OrderReport on(DatabaseUnavailable event) {
        if (before.status() == ReportStatus.FAILED) {
            // The end is known already: an agent that has restarted looks at old orders again.
            return before;
        }
        return before.failing(
                ReportStatus.UNAVAILABLE,
                new OrderFailure(
                        event.failure(),
                        Optional.empty(),
                        event.attempt(),
                        0,
                        event.retryIn(),
                        event.at()));
    }
}
