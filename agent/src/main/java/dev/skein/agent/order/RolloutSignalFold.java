package dev.skein.agent.order;

import dev.skein.protocol.event.DatabasesJoined;
import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.DatabasesSkipped;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RolloutAborted;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.event.WaveApproved;
import dev.skein.protocol.event.WaveOverdue;
import dev.skein.protocol.event.WavePassed;
import dev.skein.protocol.event.WavePromoted;
import dev.skein.protocol.event.WaveSettled;
import dev.skein.protocol.event.WaveStarted;

/** One event of a rollout, as far as it concerns whether orders may be carried out. */
final class RolloutSignalFold implements RolloutEvent.Visitor<RolloutSignal> {
    private final RolloutSignal before;

    RolloutSignalFold(RolloutSignal before) {
        this.before = before;
    }

    @Override
    public RolloutSignal on(RolloutOpened event) {
        return before;
    }

    @Override
    public RolloutSignal on(WaveStarted event) {
        return before;
    }

    @Override
    public RolloutSignal on(WaveSettled event) {
        return before;
    }

    @Override
    public RolloutSignal on(WaveOverdue event) {
        return before;
    }

    @Override
    public RolloutSignal on(WavePromoted event) {
        return before;
    }

    @Override
    public RolloutSignal on(WaveApproved event) {
        return before;
    }

    @Override
    public RolloutSignal on(WavePassed event) {
        return before;
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
        return before.withStopped(before.stopped().raised(event.databases(), event.at()));
    }

    @Override
    public RolloutSignal on(DatabasesJoined event) {
        return before;
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
