package dev.skein.engine.postgres.version;

/**
 * A lock that a framework keeps as a row of a table, as SQL text. It is taken in a committed
 * transaction, so it outlives a process that took it and died; a note in the ledger's schema tells
 * Skein's own from others'.
 *
 * @param table the table's quoted name, for messages
 * @param take statements that take the row if it is free, or was taken by an execution that died,
 *     and return {@code taken}; needs the version table's advisory lock
 * @param state a query that returns, as {@code locked}, whether the row is taken by anybody
 * @param release statements that release it, if it is still as {@code take} left it
 * @param lend statements that release it for a run of the framework by a runner; what that run
 *     leaves when it dies is taken over by {@code take}
 * @param mend statements that release it, whoever took it
 * @param holders condition on a process id {@code a.pid}: its transaction holds the row
 * @param unlock the framework's own command that releases it
 */
public record MigrationLock(
        String table,
        String take,
        String state,
        String release,
        String lend,
        String mend,
        String holders,
        String unlock) {}
