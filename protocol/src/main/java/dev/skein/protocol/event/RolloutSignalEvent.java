package dev.skein.protocol.event;

/**
 * A decision that agents obey as well: it says which orders of the rollout may continue. Every
 * other {@link RolloutEvent} concerns the orchestrator alone.
 */
public sealed interface RolloutSignalEvent extends RolloutEvent
        permits RolloutPaused,
                RolloutResumed,
                DatabasesRetried,
                DatabasesSkipped,
                RollbackRequested,
                RolloutAborted,
                RolloutClosed {
    /** Answers with the visitor's overload for this event. */
    <R> R accept(Visitor<R> visitor);

    @Override
    default <R> R accept(RolloutEvent.Visitor<R> visitor) {
        Visitor<R> signals = visitor;
        return accept(signals);
    }

    /** One overload an event: a missing case does not compile. */
    interface Visitor<R> {
        /** No step may start until it is resumed. */
        R on(RolloutPaused event);

        /** It continues after a pause. */
        R on(RolloutResumed event);

        /** Databases are to be ordered again. */
        R on(DatabasesRetried event);

        /** Databases are left out from now on. */
        R on(DatabasesSkipped event);

        /** Databases are to be rolled back. */
        R on(RollbackRequested event);

        /** No more orders; what is done stays. */
        R on(RolloutAborted event);

        /** Nothing of it is left to do. */
        R on(RolloutClosed event);
    }
}
