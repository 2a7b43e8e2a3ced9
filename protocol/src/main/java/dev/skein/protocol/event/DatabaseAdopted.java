package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * The ledger of the database is there from now on, and nothing else of it was changed.
 *
 * @param findings how its version table compares with the rollout's plan
 */
public record DatabaseAdopted(
        DatabaseId database, RolloutId rollout, long epoch, SurveyFindings findings, Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "adopted, " + findings.summary();
    }
}
