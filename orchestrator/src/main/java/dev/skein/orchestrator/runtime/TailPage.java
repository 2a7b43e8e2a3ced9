package dev.skein.orchestrator.runtime;

import dev.skein.protocol.log.LogRecord;
import java.util.List;

/**
 * Some consecutive records of the tail.
 *
 * @param records in the order in which they were folded
 * @param next the index to read from next
 * @param missed records between the index asked for and the first one here, no longer held
 */
public record TailPage(List<LogRecord> records, long next, long missed) {
    /** Copies the list. */
    public TailPage {
        records = List.copyOf(records);
    }
}
