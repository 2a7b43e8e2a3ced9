/**
 * The {@code skein} command: one class a verb, all of them thin over {@code client}, {@code source}
 * and the facades of orchestrator and agent.
 *
 * <p>Exit codes: 0 done, 1 the operation failed, 2 wrong use or configuration.
 */
package dev.skein.ops.command;
