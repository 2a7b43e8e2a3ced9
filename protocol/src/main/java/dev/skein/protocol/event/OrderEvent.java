package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;

/** What the leading orchestrator tells the agent of one database. */
public sealed interface OrderEvent extends FleetEvent permits OrderIssued {
    /** The database it is about. */
    DatabaseId database();

    @Override
    default String key() {
        return database().toString();
    }

    /** One overload an event: a missing case does not compile. */
    interface Visitor<R> {
        /** One database is to be applied or rolled back. */
        R on(OrderIssued event);
    }
}
