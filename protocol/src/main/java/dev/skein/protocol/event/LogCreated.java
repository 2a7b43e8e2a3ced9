package dev.skein.protocol.event;

import dev.skein.protocol.id.LogId;
import java.time.Instant;

/**
 * The log has an identity from here on; written once, by its first leader, and by the next leader
 * of a log that is older than identities. A second one says nothing.
 *
 * @param orchestrator the name its configuration gives to that leader
 */
public record LogCreated(LogId log, String orchestrator, Instant at) implements LeaderEvent {
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
