package dev.skein.protocol.event;

import dev.skein.protocol.id.LogId;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * The log has an identity from here on; written once, by its first leader, and by the next leader
 * of a log that is older than identities. A second one says nothing.
 *
 * @param orchestrator the name its configuration gives to that leader
 * @param partitions how many orders and progress had each; where they have others later, the keys
 *     of before lie elsewhere; absent in records of before
 */
public record LogCreated(LogId log, String orchestrator, OptionalInt partitions, Instant at)
        implements LeaderEvent {
    /** One that does not say how many partitions there were. */
    public LogCreated(LogId log, String orchestrator, Instant at) {
        this(log, orchestrator, OptionalInt.empty(), at);
    }

    @Override
    public String key() {
        return "log";
    }

    @Override
    public <R> R accept(FleetEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "orchestrator %s names this log %s".formatted(orchestrator, log);
    }
}
