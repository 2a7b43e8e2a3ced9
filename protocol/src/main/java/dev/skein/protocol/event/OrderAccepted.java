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
 * @param found what was found of a ledger that was not as the log left it
 */
public record OrderAccepted(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        OrderKind kind,
        AgentId agent,
        Progress progress,
        Optional<String> version,
        Optional<LedgerFinding> found,
        Instant at)
        implements StepEvent {
    /** The ledger was as the log left it. */
    public OrderAccepted(
            DatabaseId database,
            RolloutId rollout,
            long epoch,
            OrderKind kind,
            AgentId agent,
            Progress progress,
            Optional<String> version,
            Instant at) {
        this(database, rollout, epoch, kind, agent, progress, version, Optional.empty(), at);
    }

    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "order to %s accepted by agent %s at version %s, %s steps done%s"
                .formatted(
                        kind.label(),
                        agent,
                        version.orElse("none"),
                        progress,
                        found.map(each -> "; " + each.message()).orElse(""));
    }
}
