package dev.skein.protocol.event;

import dev.skein.protocol.id.PlanId;

/**
 * Where a plan is in the log.
 *
 * @param offset of its record in the topic of plans
 */
public record PlanReference(PlanId plan, long offset) {}
