package dev.skein.protocol.event;

import java.time.Instant;

/**
 * A person decided that one record which only the leader writes, and at which every reader stops,
 * is passed over. At a record that can be taken the decision has no effect.
 *
 * @param topic its topic, without the deployment's prefix
 * @param by who decided
 * @param why the reason they gave
 */
public record RecordSkipped(
        String topic, int partition, long offset, String by, String why, Instant at)
        implements OperatorEvent {
    @Override
    public String key() {
        return topic + "/" + partition + "/" + offset;
    }

    @Override
    public <R> R accept(FleetEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "record %s is to be skipped, by %s: %s".formatted(key(), by, why);
    }
}
