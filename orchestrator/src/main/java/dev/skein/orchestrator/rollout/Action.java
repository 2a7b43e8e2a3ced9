package dev.skein.orchestrator.rollout;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/** What the shell is to do next for a rollout. */
public sealed interface Action {
    /** The rollout it is about. */
    RolloutId rollout();

    /** Something is due now: hand in {@link Command.Advance}. */
    record AdvanceNow(RolloutId rollout) implements Action {}

    /** Nothing is due before this moment unless something is reported or asked. */
    record WakeAt(RolloutId rollout, Instant at) implements Action {}
}
