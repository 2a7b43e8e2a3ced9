package dev.skein.engine.postgres.version;

/**
 * A row by which a framework keeps itself out, as SQL text. It is taken in a committed transaction,
 * so that it outlives whoever took it and died; a note beside it tells Skein's own from others'.
 *
 * @param table the table's quoted name, for messages
 * @param take statements that take the row if it is free, or was taken by a walk that died, and
 *     return {@code taken}; to be run by who holds the books' advisory lock
 * @param state a query that returns, as {@code locked}, whether the row is taken by anybody
 * @param release statements that give it back, if it is still as {@code take} left it
 * @param mend statements that give it back, whoever took it
 * @param holders condition on a process id {@code a.pid}: its transaction has its hands on the row
 * @param unlock the framework's own command that gives it back
 */
public record LockRow(
        String table,
        String take,
        String state,
        String release,
        String mend,
        String holders,
        String unlock) {}
