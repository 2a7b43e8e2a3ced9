package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Optional;

/**
 * The database was read and left alone. Not from the ledger, so it may be repeated.
 *
 * @param findings how its version table compares with the rollout's plan
 * @param found of its ledger, where that is not as the log left it; absent in records of before
 */
public record DatabaseSurveyed(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        SurveyFindings findings,
        Optional<LedgerFinding> found,
        Instant at)
        implements StepEvent {
    /** The ledger was as the log left it. */
    public DatabaseSurveyed(
            DatabaseId database,
            RolloutId rollout,
            long epoch,
            SurveyFindings findings,
            Instant at) {
        this(database, rollout, epoch, findings, Optional.empty(), at);
    }

    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "surveyed, "
                + findings.summary()
                + found.map(each -> "; " + each.message()).orElse("");
    }
}
