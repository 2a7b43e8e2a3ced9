/**
 * Skein as it is deployed, orchestrator and agent in processes of their own, while processes are
 * killed, servers go away, and agents are started twice.
 *
 * <p>Example: {@link dev.skein.ops.chaos.KillIT} kills one or the other forty times during one
 * rollout and then holds databases, ledgers and log against what they have to be.
 */
package dev.skein.ops.chaos;
