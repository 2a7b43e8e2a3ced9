package dev.skein.orchestrator.runtime;

import dev.skein.protocol.log.LogRecord;
import java.util.List;

/**
 * One database's orders and reports.
 *
 * @param records the newest ones, oldest first, by the broker's clock
 * @param omitted how many older ones there are
 */
public record DatabaseHistory(List<LogRecord> records, long omitted) {
    /** Copies the list. */
    public DatabaseHistory {
        records = List.copyOf(records);
    }
}
