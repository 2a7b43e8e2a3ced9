package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * A step as the ledger last spoke of it.
 *
 * @param rollout whose order ran it
 * @param at when the ledger said so
 */
public record LastStep(RolloutId rollout, StepRef step, Instant at) {}
