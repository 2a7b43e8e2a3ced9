package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * The database was read and left alone. Not from the ledger, so it may be repeated.
 *
 * @param findings how its version table compares with the rollout's plan
 */
public record DatabaseSurveyed(
        DatabaseId database, RolloutId rollout, long epoch, SurveyFindings findings, Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "surveyed, " + findings.summary();
    }
}
