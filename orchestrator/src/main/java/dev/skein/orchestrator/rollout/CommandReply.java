package dev.skein.orchestrator.rollout;

import dev.skein.protocol.id.RolloutId;

/**
 * What the caller of a command is told.
 *
 * @param message for a person, with numbers
 * @param databases how many databases it is about
 * @param leftOver selected databases that no wave takes; only at opening
 */
public record CommandReply(RolloutId rollout, String message, int databases, int leftOver) {}
