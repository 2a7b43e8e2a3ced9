package dev.skein.protocol.event;

import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Optional;

/**
 * The ledger holds the order's epoch from now on: an older order can write nothing more.
 *
 * @param version the version the database was at; absent if it had none
 */
public record OrderAccepted(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        OrderKind kind,
        AgentId agent,
        Progress progress,
        Optional<String> version,
        Instant at)
        implements StepEvent {
    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "order to %s accepted by agent %s at version %s, %s steps done"
                .formatted(kind.label(), agent, version.orElse("none"), progress);
    }
}
