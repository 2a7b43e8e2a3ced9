/**
 * What to decide: commands against the state of the fleet, and what people see of a rollout.
 *
 * <p>Everything here is a pure function of the folded state and a command that carries its time.
 * {@link dev.skein.orchestrator.rollout.RolloutDecider} answers a command with entries for the log
 * or with a {@link dev.skein.orchestrator.rollout.Rejection}; state changes only when the entries
 * have been read back. {@link dev.skein.orchestrator.rollout.StatusQueries} computes what a
 * database, a wave and a rollout are doing, and why each waits.
 *
 * <p>Example: {@code Open} yields {@code RolloutOpened}; once that is folded, {@code Advance}
 * yields {@code WaveStarted} and the first orders.
 */
package dev.skein.orchestrator.rollout;
