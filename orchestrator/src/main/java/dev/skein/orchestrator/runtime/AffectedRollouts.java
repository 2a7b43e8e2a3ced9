package dev.skein.orchestrator.runtime;

import dev.skein.protocol.event.AgentEvent;
import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.event.AgentStarted;
import dev.skein.protocol.event.AgentStopped;
import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Topic;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The rollouts for which a batch of records may have made an action due.
 *
 * <p>Only the end of an order makes something due, not its steps: a fleet that runs ten thousand
 * steps a second is looked at only as often as databases finish.
 */
final class AffectedRollouts {
    private static final EndsAnOrder ENDS_AN_ORDER = new EndsAnOrder();
    private static final ChangesTheFleet CHANGES_THE_FLEET = new ChangesTheFleet();

    private final Set<RolloutId> rollouts = new LinkedHashSet<>();
    private boolean everyRollout;

    void add(LogRecord record) {
        FleetEvent event = record.envelope().event();
        Topic topic = record.position().topicPartition().topic();
        switch (topic) {
            case ROLLOUTS -> addDecision(event);
            case PROGRESS -> addReport(event);
            case AGENTS -> addAgent(event);
            // A plan waits to be asked for, and an order for its agent.
            case PLANS, ORDERS, SKIPS -> {}
        }
    }

    /** A record that could not be taken changes where its database stands, or who is there. */
    void addUnreadable() {
        everyRollout = true;
    }

    private void addDecision(FleetEvent event) {
        if (event instanceof RolloutEvent decision) {
            rollouts.add(decision.rollout());
        }
    }

    private void addReport(FleetEvent event) {
        if (event instanceof StepEvent report && report.accept(ENDS_AN_ORDER)) {
            rollouts.add(report.rollout());
        }
    }

    private void addAgent(FleetEvent event) {
        if (event instanceof AgentEvent agent) {
            everyRollout |= agent.accept(CHANGES_THE_FLEET);
        }
    }

    /** Whether agents came, went or announced databases, which may concern any rollout. */
    boolean everyRollout() {
        return everyRollout;
    }

    /** Rollouts that decisions or ends of orders are about, in the order of the records. */
    Set<RolloutId> rollouts() {
        return rollouts;
    }

    private static final class EndsAnOrder implements StepEvent.Visitor<Boolean> {
        @Override
        public Boolean on(OrderAccepted event) {
            return false;
        }

        @Override
        public Boolean on(StepStarted event) {
            return false;
        }

        @Override
        public Boolean on(StepSucceeded event) {
            return false;
        }

        @Override
        public Boolean on(StepRetried event) {
            return false;
        }

        @Override
        public Boolean on(OrderPaused event) {
            return false;
        }

        @Override
        public Boolean on(OrderStopped event) {
            return true;
        }

        @Override
        public Boolean on(DatabaseApplied event) {
            return true;
        }

        @Override
        public Boolean on(DatabaseRolledBack event) {
            return true;
        }

        @Override
        public Boolean on(DatabaseFailed event) {
            return true;
        }

        @Override
        public Boolean on(DatabaseIrreversible event) {
            return true;
        }

        @Override
        public Boolean on(DatabaseUnavailable event) {
            return false;
        }

        @Override
        public Boolean on(DatabaseSurveyed event) {
            return true;
        }

        @Override
        public Boolean on(DatabaseAdopted event) {
            return true;
        }
    }

    private static final class ChangesTheFleet implements AgentEvent.Visitor<Boolean> {
        @Override
        public Boolean on(AgentStarted event) {
            return true;
        }

        @Override
        public Boolean on(ServerAnnounced event) {
            return true;
        }

        /** An agent heard of again is noticed by the next regular look. */
        @Override
        public Boolean on(AgentHeartbeat event) {
            return false;
        }

        @Override
        public Boolean on(AgentStopped event) {
            return true;
        }
    }
}
