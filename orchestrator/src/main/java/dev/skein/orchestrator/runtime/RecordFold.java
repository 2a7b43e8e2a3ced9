package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.orchestrator.fleet.FoldOutcome;
import dev.skein.protocol.log.LogRecord;
import java.util.Optional;

/** Folds one record, as every reader of the whole log does. */
final class RecordFold {
    private RecordFold() {}

    /**
     * Takes the record into the state.
     *
     * @return what the fold did with it
     * @throws RuntimeException if it can never be, and only the leader writes such records
     */
    static FoldOutcome apply(Fleet fleet, LogRecord record) {
        Optional<String> forged = forged(record);
        return forged.isPresent()
                ? fleet.setAside(
                        record.position(),
                        Optional.of(record.key()),
                        forged.get(),
                        record.appendedAt())
                : fleet.apply(record.envelope(), record.position(), record.appendedAt());
    }

    /** The key decides what compaction removes, so that it has to be the event's own. */
    private static Optional<String> forged(LogRecord record) {
        String key = record.envelope().event().key();
        boolean agents = record.position().topicPartition().topic().isWrittenByAgents();
        return agents && !record.key().equals(key)
                ? Optional.of("its key is " + record.key() + ", and what it holds is about " + key)
                : Optional.empty();
    }
}
