package dev.skein.orchestrator.fleet;

import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.plan.Plan;
import java.time.Instant;

/**
 * A plan that can be rolled out.
 *
 * @param name a person's name for it
 * @param offset of its record in the topic of plans, which orders name
 * @param by who published it, as the caller gave it
 */
public record PublishedPlan(
        PlanId id, String name, long offset, Plan content, String by, Instant publishedAt) {}
