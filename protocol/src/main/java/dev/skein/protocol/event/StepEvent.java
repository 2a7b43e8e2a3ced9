package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;

/** What an agent reports of one database, in the order of that database's ledger. */
public sealed interface StepEvent extends FleetEvent
        permits OrderAccepted,
                StepStarted,
                StepSucceeded,
                StepRetried,
                OrderPaused,
                OrderStopped,
                DatabaseApplied,
                DatabaseRolledBack,
                DatabaseFailed,
                DatabaseIrreversible,
                DatabaseUnavailable,
                DatabaseSurveyed,
                DatabaseAdopted {
    /** The database it is about. */
    DatabaseId database();

    /** The rollout whose order is carried out. */
    RolloutId rollout();

    /** The epoch of that order. */
    long epoch();

    @Override
    default String key() {
        return database().toString();
    }

    /** Answers with the visitor's overload for this event. */
    <R> R accept(Visitor<R> visitor);

    @Override
    default <R> R accept(FleetEvent.Visitor<R> visitor) {
        Visitor<R> reports = visitor;
        return accept(reports);
    }

    /** One overload an event: a missing case does not compile. */
    interface Visitor<R> {
        /** The ledger holds the order's epoch. */
        R on(OrderAccepted event);

        /** A non-transactional step begins. */
        R on(StepStarted event);

        /** A step and its records are in the database. */
        R on(StepSucceeded event);

        /** A step failed for a passing reason and will be tried again. */
        R on(StepRetried event);

        /** The agent has seen the pause and starts nothing. */
        R on(OrderPaused event);

        /** The agent has seen the abort and starts nothing more. */
        R on(OrderStopped event);

        /** Every step of the plan is in the database. */
        R on(DatabaseApplied event);

        /** The database is where the rollout found it. */
        R on(DatabaseRolledBack event);

        /** The order ended without success. */
        R on(DatabaseFailed event);

        /** There is no way back; nothing was run. */
        R on(DatabaseIrreversible event);

        /** The database cannot be worked on right now. */
        R on(DatabaseUnavailable event);

        /** The database was read and compared. */
        R on(DatabaseSurveyed event);

        /** The database has a ledger. */
        R on(DatabaseAdopted event);
    }
}
