/**
 * Trying a plan out before a fleet sees it: up, down and up again on a scratch database.
 *
 * <p>Vocabulary: a <em>rehearsal</em> is what a plan did when it was tried out, step by step; a
 * <em>way back</em> is what its down came to; a <em>check query</em> is a question of the user's
 * that is asked before the first migration and after the last.
 *
 * <pre>{@code
 * RehearsalReport report =
 *         new Rehearser(server, Optional.empty(), host).rehearse(plan, checks);
 * Plan rehearsed = plan.rehearsed(report.rehearsal());
 * }</pre>
 */
package dev.skein.ops.rehearse;
