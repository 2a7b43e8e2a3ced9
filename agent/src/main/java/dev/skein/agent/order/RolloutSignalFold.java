package dev.skein.agent.order;

import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.DatabasesSkipped;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RolloutAborted;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.event.RolloutSignalEvent;

/** Folds one event of a rollout into what its orders may do. */
final class RolloutSignalFold implements RolloutSignalEvent.Visitor<RolloutSignal> {
    private final RolloutSignal before;

    RolloutSignalFold(RolloutSignal before) {
        this.before = before;
    }

    @Override
    public RolloutSignal on(RolloutPaused event) {
        return before.withPause(event.number());
    }

    @Override
    public RolloutSignal on(RolloutResumed event) {
        return before.withPause(0);
    }

    @Override
    public RolloutSignal on(DatabasesRetried event) {
        return before.wanted(event.databases(), event.at());
    }

    @Override
    public RolloutSignal on(DatabasesSkipped event) {
        return before.skipped(event.databases(), event.at());
    }

    @Override
    public RolloutSignal on(RollbackRequested event) {
        return before.wanted(event.databases(), event.at());
    }

    @Override
    public RolloutSignal on(RolloutAborted event) {
        return before.withStopped(VoidUntil.allAt(event.at()));
    }

    @Override
    public RolloutSignal on(RolloutClosed event) {
        return before.closed(event.at());
    }
}
