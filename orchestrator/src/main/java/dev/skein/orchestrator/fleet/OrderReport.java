package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.LedgerFinding;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RollbackRemainder;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a database's agent has reported about one order so far.
 *
 * @param status what the last report said
 * @param progress steps done and to do, where known
 * @param failure the last failure, until a step succeeds
 * @param cause why the rollout's last apply failed, kept while it is rolled back
 * @param startedAt when the first report was written
 * @param at when the last report was written
 */
public record OrderReport(
        RolloutId rollout,
        long epoch,
        ReportStatus status,
        Optional<Progress> progress,
        Optional<OrderFailure> failure,
        Optional<OrderFailure> cause,
        ReportContent content,
        ReportMarks marks,
        Instant startedAt,
        Instant at) {
    /** Whether the agent works on the order, or will. */
    public boolean isOutstanding() {
        return !stopped() && status.isOutstanding();
    }

    boolean isAbout(RolloutId ofRollout, long ofEpoch) {
        return epoch == ofEpoch && rollout.equals(ofRollout);
    }

    /** How the version table compares with the plan, where that was asked. */
    public Optional<SurveyFindings> findings() {
        return content.findings();
    }

    /** What was found of a ledger that is not as the log left it. */
    public Optional<LedgerFinding> ledger() {
        return content.ledger();
    }

    /** What a rollback left, where that is not simply nothing. */
    public Optional<RollbackRemainder> remainder() {
        return content.remainder();
    }

    /** What the rollout has run here, by this order or earlier ones, and has not undone. */
    public Optional<MigrationSpan> changed() {
        return content.changed();
    }

    /** The highest number of a pause that the agent confirmed; 0 for none. */
    public int pauseSeen() {
        return marks.pauseSeen();
    }

    /** Whether the agent confirmed an abort: it starts nothing more. */
    public boolean stopped() {
        return marks.stopped();
    }

    /** Whether it failed and the ledger does not say so. */
    public boolean unrecorded() {
        return marks.unrecorded();
    }

    /**
     * Nothing is known yet but that the agent has the order.
     *
     * @param cause why an earlier order of the rollout failed here, where one did
     */
    static OrderReport first(
            RolloutId rollout, long epoch, Optional<OrderFailure> cause, Instant at) {
        return new OrderReport(
                rollout,
                epoch,
                ReportStatus.WAITING,
                Optional.empty(),
                Optional.empty(),
                cause,
                ReportContent.NONE,
                ReportMarks.NONE,
                at,
                at);
    }

    /** Progress, and no failure. */
    OrderReport in(ReportStatus next, Progress now, Instant when) {
        return with(next, Optional.of(now), Optional.empty(), when);
    }

    /** A failure, and no progress. */
    OrderReport failing(ReportStatus next, OrderFailure what) {
        return with(next, progress, Optional.of(what), what.at());
    }

    /** Ended with what was read. */
    OrderReport found(ReportStatus next, SurveyFindings what, Instant when) {
        return with(next, progress, Optional.empty(), when).with(content.with(what));
    }

    /** An agent that could not even look has no progress to tell: what is known stays. */
    OrderReport failed(Progress now, OrderFailure what) {
        Progress known = progress.filter(it -> it.stepsDone() > now.stepsDone()).orElse(now);
        return with(ReportStatus.FAILED, Optional.of(known), Optional.of(what), what.at());
    }

    private OrderReport with(
            ReportStatus next, Optional<Progress> now, Optional<OrderFailure> what, Instant when) {
        return new OrderReport(
                rollout,
                epoch,
                next,
                now,
                what,
                cause,
                content,
                marks.recorded(true),
                startedAt,
                when);
    }

    /** The same, with why the rollout's last apply failed; empty once it is tried again. */
    OrderReport because(Optional<OrderFailure> why) {
        return new OrderReport(
                rollout, epoch, status, progress, failure, why, content, marks, startedAt, at);
    }

    /** Failed beside the ledger. */
    OrderReport leftUnrecorded() {
        return with(marks.recorded(false));
    }

    /** Says nothing about progress: a repeated one must not turn it back. */
    OrderReport pauseConfirmed(int pause) {
        return with(marks.paused(pause));
    }

    /** Holds whatever else is reported: a step that was running may still report its end. */
    OrderReport stopConfirmed() {
        return with(marks.asStopped());
    }

    private OrderReport with(ReportMarks other) {
        return new OrderReport(
                rollout, epoch, status, progress, failure, cause, content, other, startedAt, at);
    }

    /** Of a ledger that may not be as the log left it. */
    OrderReport ofLedger(Optional<LedgerFinding> what) {
        return with(content.ofLedger(what));
    }

    /** A step of that migration has run, or may have. */
    OrderReport touching(String migration) {
        MigrationSpan span =
                changed()
                        .map(known -> known.upTo(migration))
                        .orElseGet(() -> MigrationSpan.of(migration));
        return with(content.leaving(remainder(), Optional.of(span)));
    }

    /** A rollback has ended with what stays. */
    OrderReport rolledBack(Optional<RollbackRemainder> what) {
        boolean stays = what.filter(each -> !each.left().isEmpty()).isPresent();
        return with(content.leaving(what, stays ? changed() : Optional.empty()));
    }

    /** What its rollout has run here, by what the ledger counts of it. */
    OrderReport changedAs(OrderReport told) {
        return with(content.leaving(remainder(), told.changed()));
    }

    /** What an earlier order of the same rollout has run is still there. */
    OrderReport after(Optional<OrderReport> earlier) {
        return earlier.map(each -> with(content.leaving(remainder(), each.changed()))).orElse(this);
    }

    private OrderReport with(ReportContent other) {
        return new OrderReport(
                rollout, epoch, status, progress, failure, cause, other, marks, startedAt, at);
    }
}
