package dev.skein.protocol.event;

/** What an orchestrator writes about itself to the topic of rollouts. */
public sealed interface LeaderEvent extends FleetEvent permits LeadershipTaken, LogCreated {
    /** One overload an event: a missing case does not compile. */
    interface Visitor<R> {
        /** An orchestrator leads from here on. */
        R on(LeadershipTaken event);

        /** The log has an identity. */
        R on(LogCreated event);
    }
}
