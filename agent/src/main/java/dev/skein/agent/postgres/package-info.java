/**
 * Walks on PostgreSQL 13 and later, over the Vert.x client: the hands of what {@link
 * dev.skein.agent.step} decides.
 *
 * <p>{@link dev.skein.agent.postgres.PostgresWalker} runs walks, {@link
 * dev.skein.agent.postgres.Connections} opens connections, {@link
 * dev.skein.agent.postgres.SqlFailures} alone reads SQLSTATEs.
 */
package dev.skein.agent.postgres;
