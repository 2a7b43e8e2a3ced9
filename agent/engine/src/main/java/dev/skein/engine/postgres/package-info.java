/**
 * Executions on PostgreSQL 13 and later, over the Vert.x client: does what {@link
 * dev.skein.engine.execution} decides.
 *
 * <p>{@link dev.skein.engine.postgres.PostgresEngine} makes an execution, {@code ExecutionDriver}
 * drives it, {@code ActionExecutor} does its actions, {@link dev.skein.engine.postgres.Connections}
 * opens connections. What a failure means to a step is in {@code SqlFailures}, by SQLSTATE.
 */
package dev.skein.engine.postgres;
