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
 * @param findings how the version table compares with the plan, where that was asked
 * @param pauseSeen the highest number of a pause that the agent confirmed; 0 for none
 * @param ledger what was found of a ledger that is not as the log left it
 * @param remainder what a rollback left, where that is not simply nothing
 * @param changed what the rollout has run here, by this order or earlier ones, and has not undone
 * @param stopped whether the agent confirmed an abort: it starts nothing more
 * @param unrecorded whether it failed and the ledger does not say so: its agent may take it up
 *     again when it is started anew
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
        Optional<SurveyFindings> findings,
        Optional<LedgerFinding> ledger,
        Optional<RollbackRemainder> remainder,
        Optional<MigrationSpan> changed,
        int pauseSeen,
        boolean stopped,
        boolean unrecorded,
        Instant startedAt,
        Instant at) {
    /** Whether the agent works on the order, or will. */
    public boolean isOutstanding() {
        return !stopped && status.isOutstanding();
    }

    boolean isAbout(RolloutId ofRollout, long ofEpoch) {
        return epoch == ofEpoch && rollout.equals(ofRollout);
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
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                false,
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
        return new OrderReport(
                rollout,
                epoch,
                next,
                progress,
                Optional.empty(),
                cause,
                Optional.of(what),
                ledger,
                remainder,
                changed,
                pauseSeen,
                stopped,
                false,
                startedAt,
                when);
    }

    /** Of a ledger that may not be as the log left it. */
    OrderReport ofLedger(Optional<LedgerFinding> what) {
        return new OrderReport(
                rollout,
                epoch,
                status,
                progress,
                failure,
                cause,
                findings,
                what,
                remainder,
                changed,
                pauseSeen,
                stopped,
                unrecorded,
                startedAt,
                at);
    }

    /** An agent that could not even look has no progress to tell: what is known stays. */
    OrderReport failed(Progress now, OrderFailure what) {
        Progress known = progress.filter(it -> it.stepsDone() > now.stepsDone()).orElse(now);
        return with(ReportStatus.FAILED, Optional.of(known), Optional.of(what), what.at());
    }

    /** The same, with why the rollout's last apply failed; empty once it is tried again. */
    OrderReport because(Optional<OrderFailure> why) {
        return new OrderReport(
                rollout,
                epoch,
                status,
                progress,
                failure,
                why,
                findings,
                ledger,
                remainder,
                changed,
                pauseSeen,
                stopped,
                unrecorded,
                startedAt,
                at);
    }

    /** Failed beside the ledger. */
    OrderReport leftUnrecorded() {
        return new OrderReport(
                rollout, epoch, status, progress, failure, cause, findings, ledger, remainder,
                changed, pauseSeen, stopped, true, startedAt, at);
    }

    /** Says nothing about progress: a repeated one must not turn it back. */
    OrderReport pauseConfirmed(int pause) {
        return new OrderReport(
                rollout,
                epoch,
                status,
                progress,
                failure,
                cause,
                findings,
                ledger,
                remainder,
                changed,
                Math.max(pause, pauseSeen),
                stopped,
                unrecorded,
                startedAt,
                at);
    }

    /** Holds whatever else is reported: a step that was running may still report its end. */
    OrderReport stopConfirmed() {
        return new OrderReport(
                rollout,
                epoch,
                status,
                progress,
                failure,
                cause,
                findings,
                ledger,
                remainder,
                changed,
                pauseSeen,
                true,
                unrecorded,
                startedAt,
                at);
    }

    private OrderReport with(
            ReportStatus next, Optional<Progress> now, Optional<OrderFailure> what, Instant when) {
        return new OrderReport(
                rollout, epoch, next, now, what, cause, findings, ledger, remainder, changed,
                pauseSeen, stopped, false, startedAt, when);
    }

    /** A step of that migration has run, or may have. */
    OrderReport touching(String migration) {
        MigrationSpan span =
                changed.map(known -> known.upTo(migration))
                        .orElseGet(() -> MigrationSpan.of(migration));
        return leaving(remainder, Optional.of(span));
    }

    /** A rollback has ended with what stays. */
    OrderReport rolledBack(Optional<RollbackRemainder> what) {
        boolean stays = what.filter(each -> !each.left().isEmpty()).isPresent();
        return leaving(what, stays ? changed : Optional.empty());
    }

    /** What an earlier order of the same rollout has run is still there. */
    OrderReport after(Optional<OrderReport> earlier) {
        return earlier.map(each -> leaving(remainder, each.changed())).orElse(this);
    }

    private OrderReport leaving(
            Optional<RollbackRemainder> what, Optional<MigrationSpan> nowChanged) {
        return new OrderReport(
                rollout,
                epoch,
                status,
                progress,
                failure,
                cause,
                findings,
                ledger,
                what,
                nowChanged,
                pauseSeen,
                stopped,
                unrecorded,
                startedAt,
                at);
    }
}
