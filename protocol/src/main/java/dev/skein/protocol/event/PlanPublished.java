package dev.skein.protocol.event;

import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.plan.Plan;
import java.time.Instant;

/**
 * A plan can be rolled out from now on.
 *
 * @param name a person's name for it; not part of its identity
 * @param by who asked for it, as the caller gave it
 */
public record PlanPublished(PlanId plan, String name, Plan content, String by, Instant at)
        implements PlanEvent {
    @Override
    public String key() {
        return plan.value();
    }

    @Override
    public <R> R accept(FleetEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "plan %s (%s) was published by %s".formatted(name, plan.abbreviated(), by);
    }
}
