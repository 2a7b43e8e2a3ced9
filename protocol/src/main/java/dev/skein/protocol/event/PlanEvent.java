package dev.skein.protocol.event;

/** What the leading orchestrator writes to the topic of plans. */
public sealed interface PlanEvent extends FleetEvent permits PlanPublished {
    /** One overload an event: a missing case does not compile. */
    interface Visitor<R> {
        /** A plan can be rolled out from now on. */
        R on(PlanPublished event);
    }
}
