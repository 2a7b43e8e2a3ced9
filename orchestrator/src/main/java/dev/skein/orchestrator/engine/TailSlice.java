package dev.skein.orchestrator.engine;

import dev.skein.protocol.log.LogRecord;
import java.util.List;

/**
 * Some consecutive records of the tail.
 *
 * @param records in the order in which they were folded
 * @param next the index to read from next
 * @param missed records between the index asked for and the first one here, no longer held
 */
public record TailSlice(List<LogRecord> records, long next, long missed) {
    /** Copies the list. */
    public TailSlice {
        records = List.copyOf(records);
    }
}
