package dev.skein.protocol.plan;

/**
 * A lock that a step held on a table.
 *
 * @param table schema-qualified
 * @param mode as {@code pg_locks} names it, such as {@code AccessExclusiveLock}
 */
public record TableLock(String table, String mode) {}
