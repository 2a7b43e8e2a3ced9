package dev.skein.orchestrator.http;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.LogRecord;
import java.util.Optional;

/**
 * What a record is about.
 *
 * @param epoch of the order that it is or reports on
 */
record EventSubject(
        Optional<RolloutId> rollout, Optional<DatabaseId> database, Optional<Long> epoch) {
    private static final EventSubject NOTHING =
            new EventSubject(Optional.empty(), Optional.empty(), Optional.empty());

    static EventSubject of(LogRecord record) {
        return switch (record.position().topicPartition().topic()) {
            case ROLLOUTS -> ofDecision(record);
            case ORDERS -> ofOrder(record);
            case PROGRESS -> ofReport(record);
            case PLANS, AGENTS, SKIPS -> NOTHING;
        };
    }

    private static EventSubject ofDecision(LogRecord record) {
        if (record.envelope().event() instanceof RolloutEvent event) {
            return new EventSubject(
                    Optional.of(event.rollout()), Optional.empty(), Optional.empty());
        }
        return NOTHING;
    }

    private static EventSubject ofOrder(LogRecord record) {
        if (record.envelope().event() instanceof OrderIssued event) {
            return of(event.rollout(), event.database(), event.epoch());
        }
        return NOTHING;
    }

    private static EventSubject ofReport(LogRecord record) {
        if (record.envelope().event() instanceof StepEvent event) {
            return of(event.rollout(), event.database(), event.epoch());
        }
        return NOTHING;
    }

    private static EventSubject of(RolloutId rollout, DatabaseId database, long epoch) {
        return new EventSubject(Optional.of(rollout), Optional.of(database), Optional.of(epoch));
    }
}
