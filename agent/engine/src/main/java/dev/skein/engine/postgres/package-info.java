/**
 * Walks on PostgreSQL 13 and later, over the Vert.x client: the hands of what {@link
 * dev.skein.engine.execution} decides.
 *
 * <p>{@link dev.skein.engine.postgres.PostgresEngine} runs walks, {@link
 * dev.skein.engine.postgres.Connections} opens connections, {@link
 * dev.skein.engine.postgres.SqlFailures} alone reads SQLSTATEs.
 */
package dev.skein.engine.postgres;
