package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;

/** What the leading orchestrator decides about one rollout. */
public sealed interface RolloutEvent extends FleetEvent
        permits RolloutOpened,
                WaveStarted,
                WaveSettled,
                WaveOverdue,
                WavePromoted,
                WaveApproved,
                WavePassed,
                RolloutPaused,
                RolloutResumed,
                DatabasesRetried,
                DatabasesSkipped,
                DatabasesJoined,
                RollbackRequested,
                RolloutAborted,
                RolloutClosed {
    /** The rollout it is about. */
    RolloutId rollout();

    @Override
    default String key() {
        return rollout().value();
    }

    /** Answers with the visitor's overload for this event. */
    <R> R accept(Visitor<R> visitor);

    @Override
    default <R> R accept(FleetEvent.Visitor<R> visitor) {
        Visitor<R> rollouts = visitor;
        return accept(rollouts);
    }

    /** One overload an event: a missing case does not compile. */
    interface Visitor<R> {
        /** A rollout exists, with its databases resolved. */
        R on(RolloutOpened event);

        /** A wave's databases may be ordered. */
        R on(WaveStarted event);

        /** Every database of a wave has come to an end, within budget. */
        R on(WaveSettled event);

        /** A wave's deadline has passed with databases not done. */
        R on(WaveOverdue event);

        /** A person skipped the rest of a wave's soak. */
        R on(WavePromoted event);

        /** A person let the next wave start. */
        R on(WaveApproved event);

        /** A wave's gates all hold. */
        R on(WavePassed event);

        /** No step may start until it is resumed. */
        R on(RolloutPaused event);

        /** It goes on after a pause. */
        R on(RolloutResumed event);

        /** Databases are to be ordered once more. */
        R on(DatabasesRetried event);

        /** Databases are left out from now on. */
        R on(DatabasesSkipped event);

        /** Late databases became part of a wave. */
        R on(DatabasesJoined event);

        /** Databases are to be taken back. */
        R on(RollbackRequested event);

        /** No more orders; what is done stays. */
        R on(RolloutAborted event);

        /** Nothing of it is left to do. */
        R on(RolloutClosed event);
    }
}
