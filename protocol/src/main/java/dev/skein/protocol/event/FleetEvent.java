package dev.skein.protocol.event;

import java.time.Instant;

/** Any event of the log. */
public sealed interface FleetEvent
        permits PlanEvent,
                RolloutEvent,
                OrderEvent,
                StepEvent,
                AgentEvent,
                LeaderEvent,
                OperatorEvent {
    /** When it happened, by its author's clock. */
    Instant at();

    /** The key of its record: the id whose order of events matters. */
    String key();

    /** One line for a person. Waves and steps are counted from 1, as people do. */
    String summary();

    /** Answers with the visitor's overload for this event. */
    <R> R accept(Visitor<R> visitor);

    /** One overload an event, over all authors: a missing case does not compile. */
    interface Visitor<R>
            extends PlanEvent.Visitor<R>,
                    RolloutEvent.Visitor<R>,
                    OrderEvent.Visitor<R>,
                    StepEvent.Visitor<R>,
                    AgentEvent.Visitor<R>,
                    LeaderEvent.Visitor<R>,
                    OperatorEvent.Visitor<R> {}
}
