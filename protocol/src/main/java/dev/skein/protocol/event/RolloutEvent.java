package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;

/** What the leading orchestrator decides about one rollout. */
public sealed interface RolloutEvent extends FleetEvent
        permits RolloutSignalEvent,
                RolloutOpened,
                WaveStarted,
                WaveSettled,
                WaveOverdue,
                WavePromoted,
                WaveApproved,
                WaveApprovalRevoked,
                WavePassed,
                DatabasesJoined {
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
    interface Visitor<R> extends RolloutSignalEvent.Visitor<R> {
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

        /** A person took that back. */
        R on(WaveApprovalRevoked event);

        /** A wave's gates all hold. */
        R on(WavePassed event);

        /** Late databases became part of a wave. */
        R on(DatabasesJoined event);
    }
}
