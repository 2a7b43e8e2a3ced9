package dev.skein.protocol.event;

import dev.skein.protocol.id.AgentId;

/** What an agent writes about itself: what it has, and that it is alive. */
public sealed interface AgentEvent extends FleetEvent
        permits AgentStarted, ServerAnnounced, AgentHeartbeat, AgentStopped {
    /** The agent. */
    AgentId agent();

    /** One run of the agent's process: two runs never share it. */
    String instance();

    /** Answers with the visitor's overload for this event. */
    <R> R accept(Visitor<R> visitor);

    @Override
    default <R> R accept(FleetEvent.Visitor<R> visitor) {
        Visitor<R> agents = visitor;
        return accept(agents);
    }

    /** One overload an event: a missing case does not compile. */
    interface Visitor<R> {
        /** A run of an agent begins. */
        R on(AgentStarted event);

        /** The databases of one server, as found now. */
        R on(ServerAnnounced event);

        /** The agent is alive. */
        R on(AgentHeartbeat event);

        /** The agent ended on purpose. */
        R on(AgentStopped event);
    }
}
