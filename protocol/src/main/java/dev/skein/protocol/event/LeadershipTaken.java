package dev.skein.protocol.event;

import java.time.Instant;

/**
 * An orchestrator leads from here on; older leaders can write no more.
 *
 * @param orchestrator the name its configuration gives it
 * @param url where its HTTP API answers
 */
public record LeadershipTaken(String orchestrator, String url, Instant at) implements LeaderEvent {
    @Override
    public String key() {
        return "leader";
    }

    @Override
    public <R> R accept(FleetEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "orchestrator %s leads, at %s".formatted(orchestrator, url);
    }
}
