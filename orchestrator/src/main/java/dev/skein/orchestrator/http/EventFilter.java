package dev.skein.orchestrator.http;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.LogRecord;
import java.util.Optional;
import java.util.function.Predicate;

/** Which records a stream shows: those about the rollout and the database given, if any. */
record EventFilter(Optional<RolloutId> rollout, Optional<DatabaseId> database)
        implements Predicate<LogRecord> {
    static final String ROLLOUT = "rollout";
    static final String DATABASE = "database";

    static EventFilter of(QueryParameters query) {
        return new EventFilter(
                query.one(ROLLOUT, RolloutId::new), query.one(DATABASE, DatabaseId::parse));
    }

    @Override
    public boolean test(LogRecord record) {
        if (rollout.isEmpty() && database.isEmpty()) {
            return true;
        }
        EventSubject subject = EventSubject.of(record);
        return (rollout.isEmpty() || rollout.equals(subject.rollout()))
                && (database.isEmpty() || database.equals(subject.database()));
    }
}
