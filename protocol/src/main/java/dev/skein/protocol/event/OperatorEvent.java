package dev.skein.protocol.event;

/** What a person decides about the log itself, past any orchestrator. */
public sealed interface OperatorEvent extends FleetEvent permits RecordSkipped {
    /** One overload an event: a missing case does not compile. */
    interface Visitor<R> {
        /** A record that stops every reader is passed over. */
        R on(RecordSkipped event);
    }
}
