package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.RolloutEvent;

/** Takes one event into a rollout's state. */
final class RolloutFold {
    private RolloutFold() {}

    static RolloutState apply(RolloutState state, RolloutEvent event) {
        throw new UnsupportedOperationException("the fold of " + event + " into " + state);
    }
}
