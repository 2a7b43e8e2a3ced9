package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.LedgerFinding;
import dev.skein.protocol.event.RollbackRemainder;
import dev.skein.protocol.event.SurveyFindings;
import java.util.Optional;

/**
 * What reports about an order say of the database itself.
 *
 * @param findings how the version table compares with the plan, where that was asked
 * @param ledger what was found of a ledger that is not as the log left it
 * @param remainder what a rollback left, where that is not simply nothing
 * @param changed what the rollout has run here, by this order or earlier ones, and has not undone
 */
record ReportContent(
        Optional<SurveyFindings> findings,
        Optional<LedgerFinding> ledger,
        Optional<RollbackRemainder> remainder,
        Optional<MigrationSpan> changed) {
    static final ReportContent NONE =
            new ReportContent(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    ReportContent with(SurveyFindings what) {
        return new ReportContent(Optional.of(what), ledger, remainder, changed);
    }

    ReportContent ofLedger(Optional<LedgerFinding> what) {
        return new ReportContent(findings, what, remainder, changed);
    }

    ReportContent leaving(Optional<RollbackRemainder> what, Optional<MigrationSpan> nowChanged) {
        return new ReportContent(findings, ledger, what, nowChanged);
    }
}
